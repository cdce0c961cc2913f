#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes src/math/fast/tables.h: the tables and polynomials of the fast mode.

    python3 tools/fast_tables.py > src/math/fast/tables.h

with mpmath and NumPy.  A function is cut into segments, one for each entry of a table that a vector register holds, and has a
polynomial in the distance from each segment's centre.  Every fit is minimax in the weight that it names (Lawson's
reweighted least squares on Chebyshev nodes; values from mpmath, 60 digits); coefficients are rounded to float one at a time, the
lowest first, and the rest fitted again after each.  Errors are printed beside each table, in units of 2^-24 of the result.
"""
import numpy
from mpmath import mp, mpf, cos, erfc, exp, expm1, log, npdf, pi, sqrt, tanh

mp.dps = 60
UNIT = 2.0**24


def to_float(value):
    return float(numpy.float32(float(value)))


def nodes(low, high, count):
    return [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * count)) for i in range(count)]


def lawson(points, residue, weight, first, degree, rounds=40):
    """Coefficients first..degree that bring the polynomial closest to the residue, in the weighted maximum."""
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
    """Coefficients as floats, of which `fixed` are given, and the weighted error in units of 2^-24."""
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


def table(name, values):
    print(f"static _Alignas(64) const float {name}[{len(values)}] = {{")
    line = "   "
    for value in values:
        text = f" {hexadecimal(value)},"
        if len(line) + len(text) > 118:
            print(line)
            line = "   "
        line += text
    print(line)
    print("};")


# ---- powers of two ---------------------------------------------------------------------------------------------------


def bits(value):
    return int(numpy.float32(value).view(numpy.uint32))


def powers(grid):
    """2^(i / 2^grid) without what the index itself will add to its bits, and what rounding left off it, relative."""
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


def accurate_centre(function, centre, width):
    """A float near the centre at which the function is very nearly a float itself: c0 then has no error."""
    best = None
    step = numpy.spacing(numpy.float32(centre))
    for k in range(-2000, 2001):
        c = mpf(float(numpy.float32(float(centre) + k * max(float(step), 0.04 * float(width) / 2000))))
        value = function(c)
        rounding = abs(value - mpf(to_float(value))) / abs(value) * UNIT
        if best is None or rounding < best[0]:
            best = rounding, c
        if rounding < 2e-3:
            break
    return best[1]


def segments(name, what, function, bounds, degree, weight, place=mpf("0.5"), origin=None):
    """Tables name_centre and name_0 ... name_<degree>; bounds are pairs, by index.  `origin`: the coefficients that are
    given for the segment that begins at 0, whose centre is 0."""
    centres, rows, worst = [], [], 0
    for low, high in bounds:
        if origin is not None and low <= 0:
            centre, fixed = mpf(0), origin
        else:
            centre, fixed = accurate_centre(function, low + (high - low) * place, high - low), ()
        margin = (high - low) * mpf("1e-6")
        c, error = fit(lambda d: function(centre + d), low - margin - centre, high + margin - centre, degree,
                       lambda d, v: weight(centre + d, v), fixed)
        centres.append(float(centre))
        rows.append(c)
        worst = max(worst, error)
    print(f"\n/* {what}: {worst:.2f} units. */")
    table(f"{name}_centre", centres)
    for k in range(degree + 1):
        table(f"{name}_{k}", [row[k] for row in rows])


def by_octaves(scale, parts):
    """So many segments in each of the four octaves of scale a + 1, by that float's bits from the exponent's lowest two on."""
    bounds = [None] * (4 * parts)
    for octave in range(4):
        for part in range(parts):
            edge = [((1 + mpf(p) / parts) * 2**octave - 1) / mpf(scale) for p in (part, part + 1)]
            bounds[((3 + octave) & 3) * parts + part] = edge
    return bounds


def by_curve(square, line, count):
    """Segments around the places where square a^2 + line a is a whole number."""
    def place(value):
        value = max(mpf(value), mpf(0))
        return (sqrt(mpf(line) ** 2 + 4 * mpf(square) * value) - mpf(line)) / (2 * mpf(square))
    return [(place(mpf(i) - mpf("0.5")), place(mpf(i) + mpf("0.5"))) for i in range(count)]


def normal_tail(a):
    return erfc(a / sqrt(mpf(2))) / 2


def mills(a):
    """e^(a^2/2) times the normal distribution's tail."""
    return exp(a * a / 2) * normal_tail(a)


def far_mills(u):
    return mills(1 / sqrt(u)) / sqrt(u)


def gelu_slope_left(a):
    """gelu'(-a)"""
    return normal_tail(a) - a * npdf(a)


def terms_of_slope(a, _):
    return 1 / (normal_tail(a) + a * npdf(a))


if __name__ == "__main__":
    print("/* SPDX-License-Identifier: MIT */")
    print("/* Made by tools/fast_tables.py. */")
    print("#ifndef ACTFN_FAST_TABLES_H\n#define ACTFN_FAST_TABLES_H\n\n#include \"math/simd.h\"")
    print("\n/* ---- exponentials ---- */")
    for count, grid, degree, minus_1_degree in ((16, 4, 2, 3), (8, 3, 2, 3), (0, 0, 5, 5)):
        print("\n#if" + (f" V_PICKS >= {count}" if count == 16 else f" V_PICKS == {count}"))
        if grid:
            powers(grid)
        exponential("POWER", grid, degree, lambda r, _: abs(r) / exp(r), "e^r")
        exponential("POWER_1", grid, minus_1_degree, relative, "relative")
        print("#endif")

    print("\n/* ---- 16 and 32 entries ---- */")
    print("\n#if V_PICKS >= 32")
    segments("tanh", "tanh a, relative", tanh, by_octaves("1.57", 4), 5, relative, origin=(0, 1))
    curve = by_curve("0.34421429", "1.13590717", 32)
    segments("gelu_root", "Phi(-a)^(1/2), relative", lambda a: sqrt(normal_tail(a)), curve, 5, relative, place=mpf("0.93"))
    segments("gelu_slope", "gelu'(-a), relative to the sum of its terms", gelu_slope_left, curve, 6, terms_of_slope)
    print("#endif")

    c, error = fit(far_mills, mpf(15) ** -2, mpf("8.03") ** -2, 3, relative)
    print(f"\n/* a e^(a^2/2) Phi(-a) in 1 / a^2, 8.03 <= a <= 15, relative: {error:.2f} units. */")
    for k, value in enumerate(c):
        print(f"#define FAR_MILLS_{k} {hexadecimal(value)}")

    print("\n/* ---- 8 entries ---- */")
    print("\n#if V_PICKS == 8")
    segments("mills", "e^(a^2/2) Phi(-a), relative", mills, by_octaves("1.83", 2), 7, relative)
    print("#endif")
    print("\n#endif")
