# SPDX-License-Identifier: MIT
"""Computes properties of a function from the library's own output.  Nothing here knows a function by its name."""
import math
import struct

from catalogue import f32

INF = math.inf
FLAT = 1e-3        # |f'| below this counts as saturated
JUMP = 2e-3        # a difference that does not shrink with the distance
REACH, STEPS = 10.0, 4000


# ---- floats in order ------------------------------------------------------------------------------------------------


def rank(x):
    """Floats as integers in the same order; neighbours differ by 1."""
    bits = struct.unpack("<i", struct.pack("<f", x))[0]
    return bits if bits >= 0 else -(bits & 0x7FFFFFFF)


def unrank(k):
    return struct.unpack("<f", struct.pack("<i", k if k >= 0 else (-k) | -0x80000000))[0]


def grid(low, high, steps):
    return [f32(low + (high - low) * k / steps) for k in range(steps + 1)]


def wide():
    """Floats of both signs and every magnitude, with the infinities, dense where functions are curved; ascending."""
    positive = [2.0 ** (k / 4) for k in range(-600, 512)] + [3.4028234e38, INF]
    xs = set(map(f32, positive)) | {-f32(x) for x in positive} | set(grid(-REACH, REACH, STEPS)) | {0.0}
    return sorted(xs)


def text(value):
    """A float as text for a reader: six digits, and infinity as ∞."""
    if value is None or math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "−∞" if value < 0 else "∞"
    if value == 0:
        return "−0" if math.copysign(1, value) < 0 else "0"
    return f"{value:.6g}".replace("-", "−")


def short(value):
    return text(value) if math.isinf(value) else f"{0.0 if abs(value) < 1e-30 else value:.4g}".replace("-", "−")


# ---- the jumps of a function ----------------------------------------------------------------------------------------


def differ(a, b):
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) != math.isnan(b)
    return a != b and not abs(a - b) <= JUMP * max(1.0, min(abs(a), abs(b)))


def gap(a, b):
    if math.isnan(a) or math.isnan(b):
        return INF if math.isnan(a) != math.isnan(b) else 0.0
    return 0.0 if a == b else abs(a - b)


def jumps(function, low=-REACH, high=REACH):
    """The pairs of neighbouring floats, in low ... high, between which the function jumps (or begins to be NaN)."""
    xs = grid(low, high, STEPS)
    ys = function(xs)
    found = []
    for x0, x1, y0, y1 in zip(xs, xs[1:], ys, ys[1:]):
        a, b, ya, yb = rank(x0), rank(x1), y0, y1
        while differ(ya, yb) and b - a > 1:
            middle = (a + b) // 2
            ym = function([unrank(middle)])[0]
            if gap(ya, ym) >= gap(ym, yb):
                b, yb = middle, ym
            else:
                a, ya = middle, ym
        if differ(ya, yb):
            found.append((unrank(a), unrank(b)))
    return merged(found)


def place_of(pair):
    """The float that a reader would name for the pair: 0, or the float nearby whose text is shortest."""
    if pair[0] <= 0 <= pair[1]:
        return 0.0
    near = [unrank(k) for k in range(rank(pair[0]) - 2, rank(pair[1]) + 3)]
    return min(near, key=lambda x: (len(f"{x:.9g}"), abs(x)))


def sides(function, pair):
    """The values of the function a few floats to the left, at the place itself, and to the right."""
    return function([unrank(rank(pair[0]) - 4), place_of(pair), unrank(rank(pair[1]) + 4)])


def merged(pairs):
    """Pairs that are a few floats apart become one place."""
    found = []
    for pair in pairs:
        if found and rank(pair[0]) - rank(found[-1][1]) <= 8:
            found[-1] = found[-1][0], pair[1]
        else:
            found.append(pair)
    return found


# ---- the properties -------------------------------------------------------------------------------------------------


def span(interval):
    """An interval of x as text.  If it begins or ends far out, rounding makes f flat there, and no number is given."""
    a, b = interval
    if abs(a) > REACH:
        return "everywhere" if abs(b) > REACH else f"below {short(b)}"
    return f"above {short(a)}" if abs(b) > REACH else f"from {short(a)} to {short(b)}"


class Properties:
    """The properties of one curve.  Most methods give text for the page; the others serve them and other code."""

    def __init__(self, curve):
        self.f, self.df = curve.f, curve.df
        self.x = wide()
        self.y, self.slope = self.f(self.x), self.df(self.x)
        self.steps, self.kinks = jumps(self.f), jumps(self.df)

    def limits(self):
        values, slopes = self.f([-INF, INF]), self.df([-INF, INF])
        return (f"f(−∞) = {text(values[0])}, f(∞) = {text(values[1])}; "
                f"f′(−∞) = {text(slopes[0])}, f′(∞) = {text(slopes[1])}")

    def extreme(self, sign):
        """The least (sign 1) or greatest (-1) value, and the x at which it stands."""
        value, _, x = min((sign * y, abs(x), x) for x, y in zip(self.x, self.y) if not math.isnan(y))
        x = self.summit(x)
        return sign * min(value, sign * self.f([x])[0]), x

    def range(self):
        (low, at_low), (high, at_high) = self.extreme(1), self.extreme(-1)
        if low == high:
            return f"{text(low)} everywhere"
        return f"{text(low)} {self.place(at_low, low)} … {text(high)} {self.place(at_high, high)}"

    def bounds(self):
        return f"{short(self.extreme(1)[0])} … {short(self.extreme(-1)[0])}"

    def place(self, x, y):
        """The place as text in brackets: "at 1.5", or "from 6 on" where the value stays."""
        same = [k for k, other in enumerate(self.y) if other == y]
        ends = [k for k in same if math.isinf(self.x[k])]
        if len(ends) == 2:
            return "(at ±∞)"
        if len(ends) == 1 and not math.isinf(y) and same[-1] - same[0] == len(same) - 1 > 0:
            if ends[0]:
                return f"(from {short(self.edge(lambda v: v == y, same[0], -1))} on)"
            return f"(up to {short(self.edge(lambda v: v == y, same[-1], 1))})"
        return f"(at {text(self.x[ends[0]])})" if ends else f"(at {short(x)})"

    def edge(self, holds, k, direction):
        """The last float for which `holds` is true, on the way from the k-th grid point to its neighbour by direction."""
        a, b = rank(self.x[k]), rank(self.x[k + direction])
        while abs(b - a) > 1:
            middle = (a + b) // 2
            a, b = (middle, b) if holds(self.f([unrank(middle)])[0]) else (a, middle)
        return unrank(a)

    def centred(self):
        zero = self.f([0.0])[0]
        xs = [x for x in self.x if 0 < x < INF]
        ys, mirrored = self.f(xs), self.f([-x for x in xs])
        if math.isnan(zero) or zero != 0:
            even = all(a == b or math.isnan(a) and math.isnan(b) for a, b in zip(ys, mirrored))
            return f"no: f(0) = {text(zero)}" + (", and f is even" if even else "")
        if all(a == -b for a, b in zip(ys, mirrored)):
            return "yes: f is odd" if any(ys) else "f is 0"
        signs = {y > 0 for y in ys + mirrored if y and not math.isnan(y)}
        if len(signs) == 1:
            return f"no: f(0) = 0, but f is never {'negative' if True in signs else 'positive'}"
        return "partly: f(0) = 0 and both signs occur, but f is not odd"

    def saturates(self):
        """The x beyond which the derivative stays below FLAT, on each side."""
        known = [(x, s) for x, s in zip(self.x, self.slope) if not math.isnan(s)]
        flat = [abs(s) < FLAT for _, s in known]
        if all(flat):
            return "f′ is 0 everywhere"
        ends = []
        if flat[0]:
            k = flat.index(False)
            ends.append(f"x < {short(self.turn(known[k][0], known[k - 1][0]))}")
        if flat[-1]:
            k = len(flat) - 1 - flat[::-1].index(False)
            ends.append(f"x > {short(self.turn(known[k][0], known[k + 1][0]))}")
        return "|f′| < 0.001 for " + " and ".join(ends) if ends else "no"

    def turn(self, steep, flat):
        a, b = rank(steep), rank(flat)
        while abs(b - a) > 1:
            middle = (a + b) // 2
            a, b = (a, middle) if abs(self.df([unrank(middle)])[0]) < FLAT else (middle, b)
        return unrank(b)

    def monotone(self):
        falls, rises = self.moves(-1), self.moves(1)
        if not falls and not rises:
            return "constant"
        if not falls:
            return "yes, never falls"
        if not rises:
            return "yes, never rises"
        if len(falls) > 2:
            return "no: rises and falls again and again"
        return "no: falls " + " and ".join(map(span, falls))

    def moves(self, sign):
        """The intervals in which f goes up (sign 1) or down (-1) by more than rounding."""
        pairs = [(x, sign * y) for x, y in zip(self.x, self.y) if not math.isnan(y)]
        spans, open_ = [], False
        for (x0, y0), (x1, y1) in zip(pairs, pairs[1:]):
            if y1 > y0:
                if not open_:
                    spans.append([x0, x1, 0.0])
                spans[-1][1] = x1
                spans[-1][2] += y1 - y0
            open_ = y1 > y0 or open_ and y1 == y0
        return [(self.summit(a), self.summit(b)) for a, b, height in spans if height > 1e-5]

    def summit(self, x):
        """Moves an extremum that was found on the grid to the float at which the derivative changes its sign."""
        low = high = self.x.index(x)
        while low > 0 and self.y[low] == self.y[self.x.index(x)]:
            low -= 1
        while high < len(self.x) - 1 and self.y[high] == self.y[self.x.index(x)]:
            high += 1
        low, high = rank(self.x[low]), rank(self.x[high])
        first, last = (s > 0 for s in self.df([unrank(low), unrank(high)]))
        if first == last or abs(x) > 2 * REACH:
            return x
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if (self.df([unrank(middle)])[0] > 0) == first else (low, middle)
        return place_of((unrank(low), unrank(high)))

    def broken(self):
        """The jumps of f and of f' that lie in -REACH ... REACH."""
        inside = [pair for pair in self.kinks if not self.outside(pair)]
        said = [self.told("f", self.f, self.steps), self.told("f′", self.df, inside)]
        return "; ".join(filter(None, said)) or "none"

    def kink_count(self):
        return sum(all(map(math.isfinite, sides(self.df, pair))) for pair in self.kinks)

    def outside(self, pair):
        """Whether f itself begins to be NaN at this pair."""
        values = sides(self.f, pair)
        return math.isnan(values[0]) or math.isnan(values[2])

    def told(self, name, function, places):
        if len(places) > 4:
            return (f"{name} jumps at {short(place_of(places[0]))}, {short(place_of(places[1]))}, … "
                    f"{short(place_of(places[-1]))} (within ±{REACH:g})")
        said = []
        for pair in places:
            left, here, right = sides(function, pair)
            at = short(place_of(pair))
            if math.isnan(left) or math.isnan(right):
                said.append(f"{name} is NaN {'below' if math.isnan(left) else 'above'} {at}")
            elif any(map(math.isinf, (left, here, right))):
                said.append(f"{name} is infinite at {at}")
            else:
                said.append(f"at {at} {name} goes from {text(left)} to {text(right)}, and {name}({at}) = {text(here)}")
        return "; ".join(said)

    def moments(self):
        """The mean and the variance of f, and the mean of f'^2, for x ~ N(0, 1)."""
        xs = [(k + 0.5) / 400 - 9 for k in range(7200)]    # not on the kinks, which lie on round numbers
        weights = [math.exp(-x * x / 2) for x in xs]
        total = sum(weights)

        def mean(values):
            return sum(w * v for w, v in zip(weights, values)) / total

        ys, slopes = self.f(xs), self.df(xs)
        if any(map(math.isnan, ys)) or any(map(math.isinf, slopes)):
            return None
        centre = mean(ys)
        return centre, mean([(y - centre) ** 2 for y in ys]), mean([s * s for s in slopes])
