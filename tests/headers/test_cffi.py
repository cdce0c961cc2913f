#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_cffi.py CC HEADER LIBRARY: Python's cffi reads the header and calls the library through it."""
import math
import subprocess
import sys

try:
    import cffi
except ImportError:
    print("== cffi: skipped: not installed for this Python")
    sys.exit(77)

cc, header, library = sys.argv[1:]

# cffi knows C but no preprocessor, so the compiler preprocesses the header.  -DACTFN_API= removes the only attribute.  Lines of
# other headers are left out, because cffi has its own size_t.
lines, wanted = [], False
for line in subprocess.run([cc, "-E", "-DACTFN_API=", header], check=True, capture_output=True, text=True).stdout.splitlines():
    if line.startswith("#"):
        wanted = line.split('"')[1] == header
    elif wanted:
        lines.append(line)

ffi = cffi.FFI()
ffi.cdef("\n".join(lines))
actfn = ffi.dlopen(library)

x = ffi.new("float[]", [-2.0, -0.5, 0.0, 0.5, 2.0, math.nan])
y = ffi.new("float[]", len(x))
assert actfn.actfn_relu_f32(len(x), x, y) == actfn.ACTFN_OK
assert list(y)[:5] == [0.0, 0.0, 0.0, 0.5, 2.0] and math.isnan(y[5])
assert actfn.actfn_forward_f32(actfn.ACTFN_TANH, actfn.ACTFN_ACCURATE, ffi.NULL, len(x), x, y) == actfn.ACTFN_OK
assert abs(y[3] - math.tanh(0.5)) < 1e-6
assert actfn.actfn_relu_f32(1, ffi.NULL, y) == actfn.ACTFN_ERR_NULL

# Every function is there, and the catalogue can be read through the structs.
names = [name for name in dir(actfn) if name.startswith("actfn_")]
operations = [actfn.actfn_op_info(op) for op in range(actfn.actfn_op_count())]
elementwise = [ffi.string(op.name).decode() for op in operations if op.family == actfn.ACTFN_FAMILY_ELEMENTWISE]
assert elementwise and all(f"actfn_{name}_f32" in names for name in elementwise)
assert actfn.actfn_rows_forward_f32(actfn.ACTFN_SOFTMAX, 0, ffi.NULL, 0, 1, 3, 1, x, y) == actfn.ACTFN_OK
assert abs(sum(y[0:3]) - 1) < 1e-6
elu = actfn.actfn_op_param(actfn.ACTFN_ELU, 0)
assert ffi.string(elu.name) == b"alpha" and elu.default_value == 1.0
print(f"{len(names)} functions, {len(operations)} operations, {ffi.string(actfn.actfn_isa_name()).decode()}")
