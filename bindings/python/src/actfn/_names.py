# SPDX-License-Identifier: MIT
"""Names that users bring along: other libraries' keywords, the catalogue's aliases, and those that are nearly right."""

import difflib

# What torch, Keras, NumPy or the specification calls a parameter, for each operation, and for all of them.
KEYWORDS = {
    "leaky_relu": {"negative_slope": "slope", "alpha": "slope"},
    "relu_general": {"negative_slope": "slope", "max_value": "max", "threshold": "t"},
    "hardtanh": {"min_val": "min", "max_val": "max"},
    "clip": {"a_min": "min", "a_max": "max"},
    "threshold": {"threshold": "t", "value": "v"},
    "thresholded_relu": {"theta": "alpha"},
    "prelu": {"weight": "a"},
}
EVERYWHERE = {"lambd": "lambda_", "lambda": "lambda_", "dim": "axis", "keepdim": "keepdims"}


def keyword_aliases(operation, keywords):
    """{another name: ours}, of the keywords that a function takes."""
    known = {**EVERYWHERE, **KEYWORDS.get(operation, {})}
    return {alias: ours for alias, ours in known.items() if ours in keywords and alias not in keywords}


def _plain(name):
    return name.replace("_", "").lower()


def suggestion(name, known):
    """What to add to a message about an unknown name."""
    plain = {_plain(candidate): candidate for candidate in known}
    near = difflib.get_close_matches(_plain(name), plain, 1, 0.6)
    return f"; did you mean {plain[near[0]]!r}?" if near else ""


def unexpected(function, name, known):
    words = suggestion(name, known)
    return f"{function}() got an unexpected keyword argument {name!r}" + (words or f"; it takes {', '.join(known)}")
