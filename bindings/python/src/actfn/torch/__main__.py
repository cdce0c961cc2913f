# SPDX-License-Identifier: MIT
"""python -m actfn.torch: says which operators are in use.  python -m actfn.torch build: compiles the operators in C++."""

import sys

import actfn.torch

if sys.argv[1:] == ["build"]:
    print(actfn.torch.build())
elif sys.argv[1:]:
    sys.exit(__doc__)
else:
    for key, value in actfn.torch.info().items():
        print(f"{key:10} {value}")
