/* SPDX-License-Identifier: MIT */
/*
 * The input of the actfn command that others have written: .npy files, from a file and from a pipe, and arguments.  The command
 * may refuse anything, with one line that a terminal can show.  It must not accept anything that it has not understood.
 */
#include "bytes.h"
#include "fail.h"

#include "input.h"
#include "lookup.h"
#include "message.h"
#include "options.h"
#include "run.h"

#include <fcntl.h>
#include <getopt.h>
#include <math.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- messages --------------------------------------------------------------------------------------------------- */

static struct {
    FILE *stream, *terminal;
    char *text;
    size_t length;
} said;

static void listen(void)
{
    said.terminal = stderr;
    said.stream = open_memstream(&said.text, &said.length);
    if (!said.stream)
        fail("no memory for a stream");
    stderr = said.stream;
}

/* Expects one line for a code other than CODE_OK, and no line for CODE_OK. */
static void expect_said(int code, const char *what)
{
    fflush(said.stream);
    stderr = said.terminal;
    const char *prefix = "actfn: ";
    if (code != CODE_OK && code != CODE_FAILED && code != CODE_USAGE)
        fail("%s: exit code %d", what, code);
    if (code == CODE_OK ? said.length > 0 : strncmp(said.text, prefix, strlen(prefix)) != 0)
        fail("%s: exit code %d, and it says \"%s\"", what, code, said.text);
    for (size_t i = 0; i < said.length; i++) {
        const unsigned char c = (unsigned char)said.text[i];
        if (i + 1 == said.length ? c != '\n' : c < ' ' || c == 0x7f)
            fail("%s: character %d in its message", what, c);
    }
    fclose(said.stream);
    free(said.text);
}

/* ---- .npy files ------------------------------------------------------------------------------------------------- */

/* The parsed header fits the bytes, and is the same when it is written and parsed again. */
static void check_header(const struct npy_header *header, size_t length)
{
    char written[NPY_MAX_HEADER], text[NPY_MAX_DIMS * 22 + 3];
    struct npy_header again;
    size_t product = 1;
    bool wraps = false, empty = false;
    if (header->dims < 0 || header->dims > NPY_MAX_DIMS || header->offset > length)
        fail("%d dimensions, elements from byte %zu of %zu", header->dims, header->offset, length);
    for (int d = 0; d < header->dims; d++)
        if (header->shape[d] == 0)
            empty = true;
        else
            wraps |= __builtin_mul_overflow(product, header->shape[d], &product);
    if (wraps || (empty ? 0 : product) != header->count ||
        header->count > (PTRDIFF_MAX - header->offset) / npy_size(header->type))
        fail("%zu elements is not what the shape says, or too many", header->count);
    const size_t size = npy_write(header, written);
    if (size > sizeof written || size % 64 || npy_parse((const unsigned char *)written, size, &again) != NPY_OK ||
        again.offset != size || again.type != header->type || !npy_same_shape(header, &again))
        fail("a header of %zu bytes does not read back", size);
    if (!npy_type_name(header->type) || npy_is_float(header->type) != !!npy_type_option(header->type))
        fail("type %d is none", (int)header->type);
    npy_shape_text(header, text, sizeof text);
    if (strlen(text) < 2 || text[0] != '(' || text[strlen(text) - 1] != ')')
        fail("\"%s\" is no shape", text);
    for (int axis = 0; axis < header->dims; axis++)
        if (npy_without(header, axis).dims != header->dims - 1)
            fail("axis %d is still there", axis);
}

static int open_file(struct input *in, const uint8_t *data, size_t size, unsigned types)
{
    char path[64];
    const int fd = memfd_create("fuzz", MFD_CLOEXEC);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        fail("no file in memory");
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    listen();
    const int code = input_open(in, path, types);
    expect_said(code, "a file");
    close(fd);
    return code;
}

/* The pipe holds all of it, so that nobody has to write on. */
static int open_pipe(struct input *in, const uint8_t *data, size_t size, unsigned types)
{
    int ends[2];
    if (pipe(ends) != 0 || fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0)
        fail("no pipe");
    if (write(ends[1], data, size) != (ssize_t)size)
        size = 0;
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    listen();
    const int code = input_open(in, "-", types);
    expect_said(code, "a pipe");
    return code;
}

static void check_inputs(const struct input *a, const struct input *b, unsigned types)
{
    const size_t count = a->header.count;
    if (count != b->header.count || !npy_same_shape(&a->header, &b->header) || a->header.type != b->header.type)
        fail("a file and a pipe of the same bytes are of two shapes");
    if (count && (!a->data == !a->classes || !a->data != !b->data || (a->classes && !(types & INPUT_CLASSES))))
        fail("neither numbers nor classes, or both");
    if (npy_is_float(a->header.type) ? !!a->classes : !!a->data)
        fail("%s are taken for something else", npy_type_name(a->header.type));
    if (a->header.type == NPY_BFLOAT16 && !(types & INPUT_BFLOAT16))
        fail("bfloat16, and nobody said so");
    if (count && a->data && memcmp(a->data, b->data, count * npy_size(a->header.type)) != 0)
        fail("a file and a pipe of the same bytes differ");
    if (count && a->classes && memcmp(a->classes, b->classes, count * sizeof *a->classes) != 0)
        fail("a file and a pipe of the same bytes differ in their classes");
}

static void fuzz_npy(const uint8_t *data, size_t size)
{
    struct npy_header header;
    size = size < 60000 ? size : 60000;
    /* A block of the exact size, so that AddressSanitizer sees a read beyond its end. */
    uint8_t *bytes = malloc(size ? size : 1);
    if (!bytes)
        fail("no memory");
    memcpy(bytes, data, size);
    const enum npy_result result = npy_parse(bytes, size, &header);
    if (result == NPY_OK)
        check_header(&header, size);
    if (result == NPY_SHORT && header.offset <= size)
        fail("short of %zu bytes, with %zu", header.offset, size);
    for (unsigned types = INPUT_FLOATS; types <= (INPUT_CLASSES | INPUT_BFLOAT16); types++) {
        struct input file, pipe;
        const int code = open_file(&file, bytes, size, types);
        if (code != open_pipe(&pipe, bytes, size, types))
            fail("a file and a pipe of the same bytes are not both read");
        if (code == CODE_OK && result != NPY_OK)
            fail("read, although its header says %d", (int)result);
        if (code == CODE_OK)
            check_inputs(&file, &pipe, types);
        input_close(&file);
        input_close(&pipe);
    }
    free(bytes);
}

/* ---- arguments -------------------------------------------------------------------------------------------------- */

static void check_params(actfn_op op, const struct arguments *arguments)
{
    float params[ACTFN_MAX_PARAMS];
    listen();
    const int code = lookup_params(op, arguments, params);
    expect_said(code, "the parameters");
    for (int k = 0; code == CODE_OK && actfn_op_param(op, k); k++) {
        const struct actfn_param_info *info = actfn_op_param(op, k);
        const bool from_file = isnan(params[k]) && arguments->weights.count && (info->flags & ACTFN_PARAM_REQUIRED);
        if (!from_file && !(params[k] >= info->minimum && params[k] <= info->maximum))
            fail("%s of %s may be %g", info->name, actfn_op_info(op)->name, (double)params[k]);
        if (params[k] == 0 && (info->flags & ACTFN_PARAM_NONZERO))
            fail("%s of %s may be 0", info->name, actfn_op_info(op)->name);
    }
}

/* The search for near misses goes through all names, which takes long. */
enum { LOOKED_UP = 3 };

static void check_words(const struct arguments *arguments, int argc, char **argv)
{
    actfn_op op = ACTFN_OP_NONE;
    actfn_mode mode;
    for (int i = 1; i < argc && i <= LOOKED_UP; i++) {
        listen();
        const int code = lookup_op(argv[i], &op);
        expect_said(code, "an operation");
        if ((code == CODE_OK) != (op != ACTFN_OP_NONE))
            fail("operation %d with code %d", (int)op, code);
        if (code == CODE_OK)
            check_params(op, arguments);
        listen();
        expect_said(lookup_mode(argv[i], &mode), "a mode");
        listen();
        expect_said(lookup_isa(argv[i]), "an instruction set");
    }
    actfn_isa_select(NULL);
}

static void fuzz_arguments(const uint8_t *data, size_t size)
{
    enum { WORDS = 80 };
    char *argv[WORDS + 1] = { "actfn" };
    struct arguments arguments = { .mode = ACTFN_FAST, .threads = 1 };
    struct asked asked = { 0 };
    int argc = 1;
    char *text = malloc(size + 1);
    if (!text)
        fail("no memory");
    memcpy(text, data, size);
    text[size] = '\0';
    /* Each line is a word, so that people can read the kept inputs. */
    for (char *word = text; word && argc < WORDS; argc++) {
        argv[argc] = word;
        word = strchr(word, '\n');
        if (word)
            *word++ = '\0';
    }
    optind = 0; /* makes getopt start again */
    listen();
    const int code = options_parse(argc, argv, &arguments, &asked);
    expect_said(code, "the options");
    if (code == CODE_FAILED)
        fail("options that make sense and cannot be");
    if (code == CODE_OK &&
        (optind < 1 || optind > argc || arguments.threads < 1 || arguments.threads > RUN_MAX_THREADS))
        fail("operands from %d of %d, %d threads", optind, argc, arguments.threads);
    if ((arguments.given & OPTION_GATE) && code == CODE_OK && arguments.gate != ACTFN_GATE_FIRST &&
        arguments.gate != ACTFN_GATE_LAST)
        fail("half %d is the gate", (int)arguments.gate);
    const struct assignments *lists[] = { &arguments.params, &arguments.weights, &arguments.gradients };
    for (int k = 0; k < 3; k++)
        if (lists[k]->count < 0 || lists[k]->count > COMMAND_MAX_ASSIGNMENTS)
            fail("%d assignments", lists[k]->count);
    check_words(&arguments, argc - optind + 1, argv + optind - 1);
    free(text);
}

/* The first byte chooses the part; "A" stands for arguments. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    (data[0] == 'A' ? fuzz_arguments : fuzz_npy)(data + 1, size - 1);
    return 0;
}
