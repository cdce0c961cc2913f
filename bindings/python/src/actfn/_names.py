# SPDX-License-Identifier: MIT
"""Names that users know from elsewhere: other libraries' keywords, the catalogue's aliases, and names with a slip."""

import difflib

# The names of a parameter in torch, Keras, NumPy or the specification: for single operations, and for all.
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
    """{another name: our name}, for the keywords that a function takes."""
    known = {**EVERYWHERE, **KEYWORDS.get(operation, {})}
    return {alias: ours for alias, ours in known.items() if ours in keywords and alias not in keywords}


def _plain(name):
    return name.replace("_", "").lower()


def suggestion(name, known):
    """The text that is added to a message about an unknown name."""
    plain = {_plain(candidate): candidate for candidate in known}
    near = difflib.get_close_matches(_plain(name), plain, 1, 0.6)
    return f"; did you mean {plain[near[0]]!r}?" if near else ""


def unexpected(function, name, known):
    words = suggestion(name, known)
    return f"{function}() got an unexpected keyword argument {name!r}" + (words or f"; it takes {', '.join(known)}")
