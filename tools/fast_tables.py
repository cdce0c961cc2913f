#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes src/math/fast/tables.h: the tables and polynomials of the fast mode.

    python3 tools/fast_tables.py > src/math/fast/tables.h

Needs mpmath and NumPy.  A function is cut into eight or sixteen segments, one for each entry of a table in a vector
register.  Each segment has a polynomial in the distance from its centre.  Every fit is minimax in the weight that it names
(Lawson's reweighted least squares on Chebyshev nodes; values from mpmath, 60 digits).  Coefficients are rounded to float one
at a time, the lowest first; after each, the others are fitted again.  Errors are printed beside each table, in units of 2^-24
of the result.
"""
import numpy
from mpmath import mp, mpf, cos, erfc, exp, expm1, log, log1p, npdf, pi, sqrt, tanh

mp.dps = 60
UNIT = 2.0**24

GRID = 3  # an octave of an exponential has 2^GRID parts
SEGMENTS = 8  # as many as a register of AVX2 or two of NEON hold
TANH_OCTAVES = mpf("1.57")
SOFTPLUS_END = mpf(8)


def to_float(value):
    return float(numpy.float32(float(value)))


def nodes(low, high, count):
    return [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * count)) for i in range(count)]


def lawson(points, residue, weight, first, degree, rounds=40):
    """Coefficients first..degree of the polynomial that is nearest to the residue, in the weighted maximum."""
    scale = numpy.max(numpy.abs(points))
    powers = numpy.stack([(points / scale) ** k for k in range(first, degree + 1)], 1)
    share = numpy.ones(len(points)) / len(points)
    best = numpy.inf, None
    for _ in range(rounds):
        root = weight * numpy.sqrt(share)
        solution = numpy.linalg.lstsq(powers * root[:, None], residue * root, rcond=None)[0]
        error = numpy.abs((powers @ solution - residue) * weight)
        if error.max() < best[0]:
            best = error.max(), solution
        share = share * error
        share /= share.sum()
    return best[1] / scale ** numpy.arange(first, degree + 1)


def fit(function, low, high, degree, weight, fixed=(), count=96):
    """The coefficients as floats, with `fixed` given, and the weighted error in units of 2^-24."""
    points = nodes(mpf(low), mpf(high), count)
    values = [function(t) for t in points]
    weights = numpy.array([float(weight(t, v)) for t, v in zip(points, values)])
    at = numpy.array([float(t) for t in points])
    coefficients = [mpf(c) for c in fixed]

    def residue():
        return [v - sum(c * t**k for k, c in enumerate(coefficients)) for t, v in zip(points, values)]

    while len(coefficients) <= degree:
        rest = numpy.array([float(r) for r in residue()])
        coefficients.append(mpf(to_float(lawson(at, rest, weights, len(coefficients), degree)[0])))
    error = max(float(abs(r)) * w for r, w in zip(residue(), weights))
    return [float(c) for c in coefficients], error * UNIT


def relative(_, value):
    return 1 / abs(value)


# ---- printing --------------------------------------------------------------------------------------------------------


def hexadecimal(value):
    if value == 0:
        return "-0.0f" if numpy.signbit(value) else "0"
    mantissa, exponent = float(value).hex().split("p")
    return (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa) + "p" + exponent.lstrip("+") + "f"


def row(values):
    lines, line = [], "   "
    for value in values:
        text = f" {hexadecimal(value)},"
        if len(line) + len(text) > 116:
            lines.append(line)
            line = "   "
        line += text
    return "\n".join(lines + [line])


def table(name, values):
    print(f"static _Alignas(32) const float {name}[{len(values)}] = {{\n{row(values)}\n}};")


# ---- powers of two ---------------------------------------------------------------------------------------------------


def bits(value):
    return int(numpy.float32(value).view(numpy.uint32))


def powers(grid):
    """2^(i / 2^grid); the same less the index's own bits; and the relative error of the rounding."""
    count = 2**grid
    exact = [mpf(2) ** (mpf(i) / count) for i in range(count)]
    rounded = [to_float(v) for v in exact]
    shifted = [numpy.uint32(bits(v) - (i << (23 - grid))).view(numpy.float32) for i, v in enumerate(rounded)]
    print(f"/* 2^(i / {count}); that less i {2**(23 - grid)} units of its bits; and (exact - rounded) / exact. */")
    table("power_part", rounded)
    table("power_less", shifted)
    table("power_low", [to_float((v - mpf(r)) / v) or -0.0 for v, r in zip(exact, rounded)])


def exponential(name, grid, degree, weight, what):
    half = log(mpf(2)) / 2 ** (grid + 1) * mpf("1.0001")
    c, error = fit(lambda r: expm1(r) / r, -half, half, degree, weight, (1,))
    print(f"/* (e^r - 1) / r, |r| <= ln 2 / {2**(grid + 1)}, {what}: {error:.2f} units. */")
    for k, value in enumerate(c):
        if k:
            print(f"#define {name}_{k} {hexadecimal(value)}")


# ---- segments --------------------------------------------------------------------------------------------------------


def rounding_of(value):
    return abs(value - mpf(to_float(value))) / abs(value) * UNIT


def accurate_centre(function, centre, width):
    """A float near the centre at which the function is very nearly a float: then c0 has no error."""
    best = None
    step = numpy.spacing(numpy.float32(centre))
    for k in range(-2000, 2001):
        c = mpf(float(numpy.float32(float(centre) + k * max(float(step), 0.04 * float(width) / 2000))))
        rounding = rounding_of(function(c))
        if best is None or rounding < best[0]:
            best = rounding, c
        if rounding < 2e-3:
            break
    return best[1]


def accurate_width(function, end):
    """A float near end / 7.499.  At its multiples up to the seventh the function is nearly a float."""
    best = None
    width = numpy.float32(float(end) / (SEGMENTS - 0.501))
    for _ in range(20000):
        width = numpy.nextafter(width, numpy.float32(100))
        worst = 0
        for i in range(1, SEGMENTS):
            worst = max(worst, rounding_of(function(i * mpf(float(width)))))
            if best is not None and worst >= best[0]:
                break
        else:
            best = worst, mpf(float(width))
            if worst < 0.15:
                break
    return best[1]


def segment_rows(function, centres, bounds, degree, weight, origin=None):
    """The coefficients of each segment, from the lowest on, and the worst error.  `origin`: the given coefficients of the
    segment whose centre is 0."""
    rows, worst = [], 0
    for centre, (low, high) in zip(centres, bounds):
        margin = (high - low) * mpf("1e-5")
        fixed = origin if origin is not None and centre == 0 else ()
        c, error = fit(lambda d: function(centre + d), max(low - margin, 0) - centre, high + margin - centre, degree,
                       lambda d, v: weight(centre + d, v), fixed)
        rows.append(c)
        worst = max(worst, error)
    return rows, worst


def segment_table(name, what, worst, rows, first=()):
    """`first`, then the coefficients from the highest power to the lowest, eight to a line."""
    degree = len(rows[0]) - 1
    lines = [*first] + [[c[k] for c in rows] for k in range(degree, -1, -1)]
    print(f"\n/* {what}: {worst:.2f} units. */")
    print(f"static _Alignas({4 * len(rows)}) const float {name}[{len(lines)}][{len(rows)}] = {{")
    for values in lines:
        text = row(values).strip().rstrip(",").replace("\n   ", "\n     ")
        print(f"    {{ {text} }},")
    print("};")


def by_octave(name, what, function, scale, degree, weight, origin):
    """Two segments in each of the four octaves of scale a + 1.  The lowest two bits of the exponent, and the next bit, choose
    the segment.  The first line has the centres."""
    bounds = [None] * SEGMENTS
    for octave in range(4):
        for part in range(2):
            edge = [((1 + mpf(p) / 2) * 2**octave - 1) / mpf(scale) for p in (part, part + 1)]
            bounds[((3 + octave) & 3) * 2 + part] = edge
    centres = [accurate_centre(function, (low + high) / 2, high - low) if low > 0 else mpf(0) for low, high in bounds]
    rows, worst = segment_rows(function, centres, bounds, degree, weight, origin)
    segment_table(name, what, worst, rows, [[float(c) for c in centres]])


def by_nearest(name, what, function, end, degree, weight):
    """Segments around the multiples of one width; the first segment is half as wide."""
    width = accurate_width(function, end)
    centres = [i * width for i in range(SEGMENTS)]
    bounds = [(max(c - width / 2, mpf(0)), c + width / 2) for c in centres]
    rows, worst = segment_rows(function, centres, bounds, degree, weight)
    segment_table(name, what, worst, rows)
    print(f"#define {name.upper()}_WIDTH {hexadecimal(float(width))}")


def by_curve(name, what, function, square, line, degree, weight):
    """Sixteen segments around the points where square a^2 + line a is a whole number.  The first line has the centres."""
    count, s, l = 2 * SEGMENTS, mpf(square), mpf(line)

    def place(value):
        value = max(value, mpf(0))
        return value / l if s == 0 else (sqrt(l * l + 4 * s * value) - l) / (2 * s)
    bounds = [(place(i - mpf("0.5")), place(i + mpf("0.5"))) for i in range(count)]
    centres = [accurate_centre(function, (low + high) / 2, high - low) for low, high in bounds]
    rows, worst = segment_rows(function, centres, bounds, degree, weight)
    segment_table(name, what, worst, rows, [[float(c) for c in centres]])
    for end, at in (("NARROW", SEGMENTS), ("END", count)):
        print(f"#define {name.upper()}_{end} {float(mp.floor(place(at - mpf('0.501')) * 128) / 128)}f")
    print(f"#define {name.upper()}_CURVE {square}f, {line}f")


def normal_tail(a):
    return erfc(a / sqrt(mpf(2))) / 2


def mills(a):
    """e^(a^2/2) times the normal distribution's tail."""
    return exp(a * a / 2) * normal_tail(a)


def far_mills(u):
    return mills(1 / sqrt(u)) / sqrt(u)


def normal_terms(a):
    """For gelu'(-a): the difference of the two."""
    return normal_tail(a), a * npdf(a)


TANH_SCALE = sqrt(8 / pi)
TANH_CUBE = mpf("0.044715")


QUICK_SCALE = mpf("1.702")


def tanh_tail(a):
    """gelu_tanh(-a) / -a"""
    return 1 / (1 + exp(TANH_SCALE * (a + TANH_CUBE * a**3)))


def tanh_terms(a):
    """For gelu_tanh'(-a): the difference of the two."""
    s = tanh_tail(a)
    return s, a * s * (1 - s) * TANH_SCALE * (1 + 3 * TANH_CUBE * a * a)


def quick_tail(a):
    """gelu_quick(-a) / -a"""
    return 1 / (1 + exp(QUICK_SCALE * a))


def quick_terms(a):
    """For gelu_quick'(-a)."""
    s = quick_tail(a)
    return s, a * s * (1 - s) * QUICK_SCALE


def difference_of(terms):
    return lambda a: terms(a)[0] - terms(a)[1]


def relative_to_sum(terms):
    return lambda a, _: 1 / sum(terms(a))


def root_of(function):
    return lambda a: sqrt(function(a))


if __name__ == "__main__":
    print("/* SPDX-License-Identifier: MIT */")
    print("/* Made by tools/fast_tables.py. */")
    print("#ifndef ACTFN_FAST_TABLES_H\n#define ACTFN_FAST_TABLES_H\n\n#include \"math/simd.h\"")
    print("\nenum { GRID = 3, SEGMENTS = 8 };")
    print("\n/* ---- exponentials ---- */\n")
    powers(GRID)
    exponential("POWER", GRID, 2, lambda r, _: abs(r) / exp(r), "e^r")
    exponential("POWER_1", GRID, 3, relative, "relative")

    print("\n/* ---- segments: centres, then coefficients from the highest to the lowest ---- */")
    print(f"\n#define TANH_OCTAVES {TANH_OCTAVES}f")
    by_octave("tanh_octaves", "tanh a, relative", tanh, TANH_OCTAVES, 6, relative, (0, 1))
    for name, tail, terms, root_curve, slope_curve in (
            ("gelu", normal_tail, normal_terms, ("0.2", "0.56"), ("0.2", "0.56")),
            ("gelu_tanh", tanh_tail, tanh_terms, ("0.28", "0.8"), ("0.28", "0.8")),
            ("gelu_quick", quick_tail, quick_terms, ("0.0", "1.45"), ("0.0", "1.2"))):
        by_curve(f"{name}_root", f"({name}(-a) / -a)^(1/2), relative", root_of(tail), *root_curve, 6, relative)
        by_curve(f"{name}_slope", f"{name}'(-a), relative to the sum of its terms", difference_of(terms), *slope_curve, 7,
                 relative_to_sum(terms))
    print(f"\n#define SOFTPLUS_END {SOFTPLUS_END}f")
    by_nearest("softplus_tail", "ln(1 + e^-a), relative", lambda a: log1p(exp(-a)), SOFTPLUS_END, 6, relative)

    c, error = fit(far_mills, mpf(15) ** -2, mpf("7.3") ** -2, 4, relative)
    print(f"\n/* a e^(a^2/2) Phi(-a) in 1 / a^2, 7.3 <= a <= 15, relative: {error:.2f} units. */")
    for k, value in enumerate(c):
        print(f"#define FAR_MILLS_{k} {hexadecimal(value)}")
    print("\n#endif")
