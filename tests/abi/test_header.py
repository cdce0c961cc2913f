#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Today's header keeps the promises of the headers of earlier releases.  The test compares texts, and asks the compiler.

    test_header.py TODAY WORK_DIR COMPILER [COMPILER ARGUMENT...] -- EARLIER...

Every constant of an earlier header has its value today, every type and function has its declaration, every field its type
and offset.  New fields and constants stand at the ends.  The test also checks the rules for the types and names of today's
functions.
"""
import pathlib
import re
import subprocess
import sys

# The types that an argument or a result may have.  The names of enums are added, and all pointers are allowed.
TYPES = {"void", "char", "float", "int", "unsigned int", "size_t", "int32_t", "uint32_t", "int64_t", "uint64_t",
         "actfn_bf16", "actfn_f16"}

failures = []


def check(condition, message):
    if not condition:
        failures.append(message)


class Header:
    def __init__(self, path):
        text = re.sub(r"/\*.*?\*/", " ", pathlib.Path(path).read_text(encoding="utf-8"), flags=re.S)
        self.enums = {}
        for body, name in re.findall(r"typedef enum \w+ \{(.*?)\} (\w+);", text, re.S):
            self.enums[name] = {each: int(value) for each, value in re.findall(r"(\w+) = (-?\d+)", body)}
            check(len(self.enums[name]) == body.count(",") + 1, f"{path}: {name} has an enumerator without a number")
        self.macros = dict(re.findall(r"^#define (ACTFN_(?!VERSION_)\w+) (\d+u?)[ ]*$", text, re.M))
        self.structs = dict(re.findall(r"^struct (\w+) \{(.*?)^\};", text, re.S | re.M))
        self.pointers = re.findall(r"^typedef \w+ \(\*\w+\)\([^;]*;", text, re.M)
        self.functions = [" ".join(each.split()) for each in re.findall(r"^ACTFN_API ([^;]*;)", text, re.M)]

    def names(self):
        return {re.search(r"(\w+)\(", function)[1] for function in self.functions}

    def fields(self, struct):
        return re.findall(r"(\w+);", self.structs[struct])

    def constants(self):
        values = {name: str(value) for enum in self.enums.values() for name, value in enum.items()}
        return {**values, **self.macros}


def asserts(old, today):
    """C code that compiles with a header only if the header keeps what `old` promised."""
    yield "#include <actfn.h>"
    for name, value in old.constants().items():
        yield f'_Static_assert({name} == {value}, "{name} is no longer {value}");'
    for name in old.enums:
        yield f'_Static_assert(sizeof({name}) == sizeof(int), "{name} is no longer an int");'
    # C allows the same declaration twice; a different declaration is an error.
    yield from old.pointers
    for function in old.functions:
        yield f"ACTFN_API {function}"
    for name, body in old.structs.items():
        yield f"struct earlier_{name} {{{body}}};"
        for field in old.fields(name):
            yield (f'_Static_assert(offsetof(struct {name}, {field}) == offsetof(struct earlier_{name}, {field}), '
                   f'"{name}.{field} has moved");')
            yield (f"_Static_assert(__builtin_types_compatible_p(__typeof__(((struct {name} *)0)->{field}), "
                   f'__typeof__(((struct earlier_{name} *)0)->{field})), "{name}.{field} has another type");')
        # Users never allocate this struct, so it may grow at its end.  A struct without new fields keeps its size.
        sizes = "==" if today.fields(name) == old.fields(name) else ">"
        yield f'_Static_assert(sizeof(struct {name}) {sizes} sizeof(struct earlier_{name}), "the size of {name}");'
        yield (f"_Static_assert(_Alignof(struct {name}) == _Alignof(struct earlier_{name}), "
               f'"the alignment of {name}");')


def compare(path, today, compiler, work):
    old = Header(path)
    source = work / "earlier.c"
    source.write_text("\n".join(asserts(old, today)) + "\n", encoding="utf-8")
    done = subprocess.run([*compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", source],
                          capture_output=True, text=True, check=False)
    check(done.returncode == 0, f"today's header does not keep what {path} promised:\n{done.stderr}")
    for enum, values in old.enums.items():
        for name, value in today.enums.get(enum, {}).items():
            # A second name for an old value is not a new value.
            check(name in values or value in values.values() or value > max(values.values()),
                  f"{name} = {value} is new, not at the end of {enum}")
    for name in sorted(old.names() - today.names()):
        check(False, f"{name} is gone")
    for struct in old.structs:
        known = old.fields(struct)
        check(today.fields(struct)[:len(known)] == known, f"{struct} has not grown at its end only")
    print(f"{path}: {len(old.constants())} constants, {len(old.functions)} functions, {len(old.structs)} structs")
    check(len(old.constants()) > 80 and len(old.functions) > 190 and len(old.structs) == 2, f"{path} was not read")


def check_rules(today):
    allowed = TYPES | set(today.enums)
    for function in today.functions:
        result, name, arguments = re.match(r"(.*?)(\w+)\((.*)\);", function).groups()
        check("struct" not in arguments, f"{name} takes a struct, which callers would have to allocate")
        check("struct" not in result or re.match(r"const struct \w+ \*$", result), f"{name} returns a struct by value")
        for declared in [] if arguments == "void" else arguments.split(","):
            bare = re.sub(r"\bconst\b|\*|\w+$", " ", declared.strip())
            check(" ".join(bare.split()) in allowed, f"{name}: {declared.strip()} is not of a type of fixed meaning")
        # Parameters and their gradients are floats also beside buffers of another type.
        check("float *" not in arguments or re.search(r"_(f32|bf16|f16)$", name), f"{name} takes floats, and ends in no type")
        for kind in ("bf16", "f16"):
            check((f"actfn_{kind} *" in arguments) <= (kind in name.split("_")), f"{name} takes {kind}, and does not say so")
        check(name.startswith("actfn_"), f"{name} does not begin actfn_")
    for name in today.constants():
        check(name.startswith("ACTFN_"), f"{name} does not begin ACTFN_")


def main():
    before, earlier = sys.argv[1:sys.argv.index("--")], sys.argv[sys.argv.index("--") + 1:]
    path, work, *compiler = before
    work = pathlib.Path(work)
    work.mkdir(parents=True, exist_ok=True)
    today = Header(path)
    check_rules(today)
    check(earlier, "there is no earlier header")
    for each in earlier:
        compare(each, today, [*compiler, f"-I{pathlib.Path(path).parent}"], work)
    print("\n".join(failures) or "what was promised holds")
    sys.exit(bool(failures))


main()
