# SPDX-License-Identifier: MIT
"""All families except the elementwise one: a function for each operation of the catalogue, and for its gradient."""

from ._catalogue import of_family
from ._channels import channels, param_gradient
from ._gates import gates
from ._losses import cross_entropy, elementwise_loss
from ._publish import functions
from ._random import RANDOM, random_u32
from ._rows import maxout_index, rows


def make_all():
    """{name: function}, from the catalogue."""
    for operation in of_family("rows"):
        rows(operation)
    maxout_index()
    for operation in of_family("gates"):
        gates(operation)
    for operation in of_family("channels"):
        channels(operation)
    for operation in of_family("elementwise"):
        if operation.param_gradient:
            param_gradient(operation)
    for operation in of_family("random"):
        RANDOM[operation.name](operation)
    random_u32()
    for operation in of_family("losses"):
        # The loss over rows has classes, and so another signature.
        (cross_entropy if operation.name == "softmax_cross_entropy" else elementwise_loss)(operation)
    return functions
