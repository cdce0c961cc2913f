#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the polynomial coefficients and the exponential's shift that src/math and src/kernels use.

Run it with Python 3 and mpmath.  It prints each table as hex floats, the lowest degree first, with the interval and the
largest relative error of the rounded polynomial.  Every fit is minimax in the relative sense (Lawson's reweighted least
squares on Chebyshev nodes, 50 digits).  Coefficients are rounded to float one at a time, the lowest first; after each, the
others are fitted again.
"""
import struct
from mpmath import mp, mpf, atan, atanh, cos, cosh, erf, erfc, exp, expm1, log, matrix, lu_solve, pi, sin, sqrt, tanh

mp.dps = 50


def to_float(value):
    return struct.unpack("f", struct.pack("f", float(value)))[0]


def nodes(low, high, count):
    return [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * count)) for i in range(count)]


def fit_tail(target, points, fixed, degree, rounds=12):
    """Coefficients len(fixed)..degree of the polynomial with the smallest relative error to the target."""
    first = len(fixed)
    values = [target(t) for t in points]
    rest = [v - sum(c * t**k for k, c in enumerate(fixed)) for t, v in zip(points, values)]
    weight = [mpf(1) / len(points)] * len(points)
    size = degree + 1 - first
    best = None
    for _ in range(rounds):
        normal, right = matrix(size, size), matrix(size, 1)
        for t, v, r, w in zip(points, values, rest, weight):
            powers = [t ** (first + k) / v for k in range(size)]
            for i in range(size):
                right[i] += w * powers[i] * r / v
                for j in range(size):
                    normal[i, j] += w * powers[i] * powers[j]
        solution = list(lu_solve(normal, right))
        errors = [abs(sum(c * t ** (first + k) for k, c in enumerate(solution)) - r) / abs(v)
                  for t, v, r in zip(points, values, rest)]
        worst = max(errors)
        if best is None or worst < best[0]:
            best = (worst, solution)
        total = sum(w * e for w, e in zip(weight, errors))
        weight = [w * e / total for w, e in zip(weight, errors)]
    return best[1]


def fit(name, target, low, high, degree):
    points = nodes(mpf(low), mpf(high), 8 * (degree + 1))
    coefficients = []
    for _ in range(degree + 1):
        coefficients.append(mpf(to_float(fit_tail(target, points, coefficients, degree)[0])))
    check = nodes(mpf(low), mpf(high), 1000)
    error = max(abs(sum(c * t**k for k, c in enumerate(coefficients)) / target(t) - 1) for t in check)
    print(f"{name}: [{mp.nstr(mpf(low), 6)}, {mp.nstr(mpf(high), 6)}], degree {degree},"
          f" relative error 2^{mp.nstr(log(error, 2), 4)}")
    for k, c in enumerate(coefficients):
        print(f"    c{k} = {float(c).hex()}f")


def normal_tail(k):
    """(a + k) e^(a^2/2) Phi(-a) as a function of v = (a - k) / (a + k)."""
    def target(v):
        a = k * (1 + v) / (1 - v)
        return (a + k) * exp(a * a / 2) * erfc(a / sqrt(mpf(2))) / 2
    return target


def normal_middle(t):
    """(Phi(x) - 1/2) / x as a function of t = x^2."""
    x = sqrt(t)
    return erf(x / sqrt(mpf(2))) / (2 * x) if t > mpf(10) ** -20 else 1 / sqrt(2 * pi)


def atanh_rest(t):
    """(atanh(s) / s - 1) / s^2 as a function of t = s^2."""
    s = sqrt(t)
    return (atanh(s) / s - 1) / t if t > mpf(10) ** -20 else mpf(1) / 3


def log_cosh(t):
    """ln(cosh(x/2)) / x^2 as a function of t = x^2."""
    return log(cosh(sqrt(t) / 2)) / t if t > mpf(10) ** -20 else mpf(1) / 8


def odd_quotient(f, limit):
    """f(x) / x^3 as a function of t = x^2."""
    def target(t):
        x = sqrt(t)
        return f(x) / x**3 if t > mpf(10) ** -20 else mpf(limit)
    return target


def exponential_shift(octaves):
    """octaves * ln 2 as a multiple of 2^-17 and a remainder."""
    exact = octaves * log(mpf(2))
    high = mp.nint(exact * 2**17) / 2**17
    print(f"exponential shift, {octaves} octaves: high = {float(high).hex()}f, low = {to_float(exact - high).hex()}f")


def logarithm_of_two():
    """ln 2 as a multiple of 2^-15, so that its product with an integer of eight bits is exact, and a remainder."""
    exact = log(mpf(2))
    high = mp.nint(exact * 2**15) / 2**15
    print(f"ln 2: high = {float(high).hex()}f, low = {to_float(exact - high).hex()}f; 1 / ln 2 = {to_float(1 / exact).hex()}f")


def exponential_rest(x):
    return (expm1(x) - x) / x**2 if abs(x) > mpf(10) ** -15 else mpf(1) / 2


if __name__ == "__main__":
    exponential_shift(92)
    logarithm_of_two()
    K = mpf(4)
    fit("(a + 4) e^(a^2/2) Phi(-a) in v = (a - 4) / (a + 4), a in [1, 15]", normal_tail(K), (1 - K) / (1 + K),
        (15 - K) / (15 + K), 8)
    fit("(Phi(x) - 1/2) / x in x^2, x in [0, 1]", normal_middle, 0, 1, 6)
    fit("(x - tanh x) / x^3 in x^2", odd_quotient(lambda x: x - tanh(x), mpf(1) / 3), 0, mpf("1.1025"), 8)
    fit("(x cos x - sin x) / x^3 in x^2", odd_quotient(lambda x: x * cos(x) - sin(x), mpf(-1) / 3), 0, mpf("2.25"), 5)
    fit("(atanh(s) / s - 1) / s^2 in s^2, s in [0, 1/3]", atanh_rest, 0, mpf(1) / 9, 5)
    fit("(ln cosh(x/2)) / x^2 in x^2, |x| <= 1", log_cosh, 0, 1, 4)
    fit("(expm1(x) - x) / x^2 in x", exponential_rest, -1, 1, 7)
    fit("(expm1(x) - x) / x^2 in x, for rows", exponential_rest, mpf("-0.348"), mpf("0.348"), 4)


# ---- the fast mode's logarithm and circular functions ----------------------------------------------------------------


def fit_from(name, target, low, high, degree, known):
    """Like fit, for a function that tends to known[0] at 0; the coefficients in known are fixed."""
    points = nodes(mpf(low), mpf(high), 8 * (degree + 1))
    coefficients = [mpf(c) for c in known]
    while len(coefficients) <= degree:
        coefficients.append(mpf(to_float(fit_tail(target, points, coefficients, degree)[0])))
    check = nodes(mpf(low), mpf(high), 1000)
    error = max(abs(sum(c * t**k for k, c in enumerate(coefficients)) / target(t) - 1) for t in check)
    print(f"{name}: [{low}, {high}], degree {degree}, relative error 2^{mp.nstr(log(error, 2), 4)}")
    for k, c in enumerate(coefficients):
        print(f"    c{k} = {float(c).hex()}f")


def log1p_quotient(f):
    return log(1 + f) / f if abs(f) > mpf(10) ** -20 else mpf(1)


def even(f):
    """f as a function of t, the square of its argument; the value at 0 is 1."""
    return lambda t: f(sqrt(t)) if t > mpf(10) ** -20 else mpf(1)


def parts_below(name, exact, count):
    """exact as a sum of floats; each is the largest float that is not greater than the remainder."""
    parts = []
    for _ in range(count):
        unit = mpf(2) ** (mp.floor(log(exact, 2)) - 23)
        parts.append(mp.floor(exact / unit) * unit)
        exact -= parts[-1]
    print(f"{name} = {' + '.join(float(p).hex() + 'f' for p in parts)}, rest {mp.nstr(exact, 3)}")


def parts_near(name, exact):
    high = to_float(exact)
    print(f"{name} = {high.hex()}f + {to_float(exact - high).hex()}f")


def log2_rest(t):
    """(log2((1 + s) / (1 - s)) - 2/ln 2 (s + s^3 / 3)) / s^5 as a function of t = s^2."""
    s = sqrt(t)
    scale = 2 / log(mpf(2))
    return scale * (atanh(s) - s - s**3 / 3) / s**5 if t > mpf(10) ** -9 else scale * (mpf(1) / 5 + t / 7)


if __name__ == "__main__":
    fit_from("ln(1 + f) / f", log1p_quotient, "-0.25", "0.5", 9, [1, -0.5])
    fit_from("atan z / z in z^2", even(lambda z: atan(z) / z), 0, 1, 9, [1])
    fit_from("sin r / r in r^2", even(lambda r: sin(r) / r), 0, "0.63", 3, [1])
    fit_from("cos r in r^2", even(cos), 0, "0.63", 4, [1, -0.5])
    parts_below("pi / 2", pi / 2, 3)
    print(f"2 / pi = {to_float(2 / pi).hex()}f")
    parts_near("pi / 2", pi / 2)
    parts_near("2 / ln 2", 2 / log(mpf(2)))
    parts_near("2 / (3 ln 2)", 2 / (3 * log(mpf(2))))
    fit("log2's terms from s^5 on, in s^2, s in [-1/5, 1/5]", log2_rest, 0, mpf("0.0401"), 3)
    fit_from("2^g", lambda g: exp(g * log(mpf(2))), "-0.5", "0.5", 6, [1])
