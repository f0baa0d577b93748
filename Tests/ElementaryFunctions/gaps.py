"""The kernels' polynomials, and what they leave out of the functions that they stand for: bounds over intervals, from power
series with exact remainders and from Taylor expansions with the last coefficient over the whole cell."""

from fractions import Fraction
from functools import cache

from intervals import *

# MARK: The polynomials

HIGH, LOW, INVERSE = f32("0x1.62e4p-1"), f32("0x1.7f7d1cp-20"), f32("0x1.715476p+0")
REMAINDER = [f32(c) for c in "0x1.6d6b5ep-10 0x1.1227e8p-7 0x1.5554cep-5 0x1.5554b0p-3 0x1p-1".split()]
LOGARITHM = [f32(c) for c in "0x1.1ecb72p-11 0x1.1ec00ap-9 0x1.99d1cep-7 0x1.555502p-4".split()]
ERF_CENTER = [
    f32(c)
    for c in "-0x1.43f6c6p-11 0x1.497576p-8 -0x1.b6e388p-6 0x1.ce1fccp-4 -0x1.8127p-2 0x1.06eba6p-3".split()
]
ERF_TAIL = [
    f32(c)
    for c in "0x1.c35e8cp-13 -0x1.a6ba34p-9 0x1.778fc2p-6 -0x1.af5bd4p-4 -0x1.4577e6p-1 -0x1.20e70cp+0".split()
]
GELU_CENTER = [f32(c) for c in "-0x1.1e1cd0p-10 0x1.45eb8cp-7 -0x1.105538p-4 0x1.98844ep-2".split()]
GELU_TAIL = [
    f32(c)
    for c in """0x1.d6d6a6p-12 0x1.5119e8p-15 -0x1.f5d8f0p-9 0x1.173f1cp-8 0x1.baf1bap-6 -0x1.1204b4p-3
    0x1.56a380p-2 -0x1.27900cp-1 0x1.7eb56ep-1""".split()
]
GELU_TANH = [f32(c) for c in "0x1.2444f2p-4 0x1.988454p+0".split()]
POLE = Fraction(29, 8)

# |y - k ln 2| after the reduction: half of ln 2, and what y / ln 2 (below 160) may be off: the operand is rounded (where a rest was
# subtracted), the product is, and the constant 1 / ln 2 is, each by 2^-24.
REACH = Fraction(3467, 10000)
assert Fraction(LN2.hi, ONE) * (Fraction(1, 2) + 3 * 160 * Fraction(1, 2**24)) < REACH


def grid(low, high, count):
    step = (Fraction(high) - Fraction(low)) / count
    return [(Fraction(low) + step * n, Fraction(low) + step * (n + 1)) for n in range(count)]


def binades(highest, least=-149, parts=4):
    """Cells from 2^least to `highest`, each within a binade."""
    cells = []
    for j in range(least, 8):
        low = Fraction(2) ** j
        if low >= highest:
            break
        cells += [(a, min(b, Fraction(highest))) for a, b in grid(low, 2 * low, parts) if a < highest]
    return cells


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


# MARK: What the polynomials leave out


class Jet:
    """Taylor coefficients of a function at a point or over a cell, as intervals."""

    def __init__(self, c):
        self.c = c

    def __add__(self, o):
        return Jet([a + b for a, b in zip(self.c, o.c)])

    def __sub__(self, o):
        return Jet([a - b for a, b in zip(self.c, o.c)])

    def __mul__(self, o):
        return Jet([sum((self.c[i] * o.c[n - i] for i in range(n + 1)), I(0)) for n in range(len(self.c))])

    def __truediv__(self, o):
        c = []
        for n in range(len(self.c)):
            c.append((self.c[n] - sum((c[i] * o.c[n - i] for i in range(n)), I(0))) / o.c[0])
        return Jet(c)

    def exp(self):
        c = [exp(self.c[0])]
        for n in range(1, len(self.c)):
            c.append(sum((self.c[i] * I.of(i) * c[n - i] for i in range(1, n + 1)), I(0)) / I.of(n))
        return Jet(c)

    def integral(self, start):
        return Jet([start] + [self.c[n] / I.of(n + 1) for n in range(len(self.c) - 1)])


ORDER = 8
ROOT_TWO = root(Fraction(2))


def variable(x):
    return Jet([x, I.of(1)] + [I(0)] * (ORDER - 1))


def constant(x):
    return Jet([x] + [I(0)] * ORDER)


def jet_horner(coefficients, x):
    result = constant(I.of(coefficients[0]))
    for c in coefficients[1:]:
        result = result * x + constant(I.of(c))
    return result


def taylor_bound(function, a, b):
    """A bound on |function| over [a, b]: its Taylor coefficients at the middle, the last one over the cell."""
    middle, half = (a + b) / 2, I.of((b - a) / 2)
    at_middle, over_cell = function(I.of(middle)).c, function(I.of(a, b)).c
    total, power = 0, I.of(1)
    for n in range(ORDER + 1):
        total += ((at_middle if n < ORDER else over_cell)[n] * power).magnitude
        power = power * half
    return total


def difference(coefficients, exact, cells):
    """A bound on the polynomial less the first 40 terms of the series of the coefficients `exact(n)`. Coefficients are subtracted
    first, so that intervals do not lose what cancels."""
    own = list(reversed(coefficients))
    apart = [(I.of(own[n]) if n < len(own) else I(0)) - exact(n) for n in range(40)]

    def function(x):
        result = constant(I(0))
        for c in reversed(apart):
            result = result * variable(x) + constant(c)
        return result

    return [(b, taylor_bound(function, a, b)) for a, b in cells]


def remainder_gap():
    """|p(r) - (e^r - 1)| <= gap |r| for |r| <= REACH, p(r) = r + r^2 (...)."""
    # (e^r - 1 - r) / r^2 = sum of r^n / (n + 2)!; the rest from r^40 on is below 2^-200.
    cells = grid(0, REACH, 32)
    up = difference(REMAINDER, lambda n: I.of(Fraction(1, factorial(n + 2))), cells)
    flipped = [c * (-1) ** n for n, c in zip(reversed(range(len(REMAINDER))), REMAINDER)]
    down = difference(flipped, lambda n: I.of(Fraction((-1) ** n, factorial(n + 2))), cells)
    return max((I.of(r) * I(d + (ONE >> 200))).hi for r, d in up + down)


def logarithm_gap():
    """|s + s^3 p(s^2) - 2 artanh(s / 2)| <= gap |s| for |s| <= 2/3 + 2^-20."""
    # 2 artanh(s / 2) = s + s^3 sum of z^n / (4^(n + 1) (2n + 3)); terms fall by more than 8, the rest is below 2^-120.
    cells = grid(0, Fraction(4, 9) + Fraction(1, 2**19), 32)
    gaps = difference(LOGARITHM, lambda n: I.of(Fraction(1, 4 ** (n + 1) * (2 * n + 3))), cells)
    return max((I.of(z) * I(d + (ONE >> 120))).hi for z, d in gaps)


def erf_center_gap():
    """|p(z) - (erf(a) / a - 1)| for z = a^2 <= 0.766."""

    def coefficient(n):
        exact = TWO_OVER_ROOT_PI * I.of(Fraction((-1) ** n, factorial(n) * (2 * n + 1)))
        return exact - I.of(1) if n == 0 else exact

    gaps = difference(ERF_CENTER, coefficient, grid(0, Fraction(766, 1000), 32))
    return max(d for _, d in gaps) + (ONE >> 140)


def gelu_center_gap():
    """|a p(z) - (Phi(a) - 1/2)| for z = a^2 <= 0.391."""

    def coefficient(n):
        return INVERSE_ROOT_TWO_PI * I.of(Fraction((-1) ** n, 2**n * factorial(n) * (2 * n + 1)))

    gaps = difference(GELU_CENTER, coefficient, grid(0, Fraction(391, 1000), 32))
    return max((root(z) * I(d + (ONE >> 140))).hi for z, d in gaps)


def erf_tail_gap():
    """|1 - e^(q(t) t) - erf t| on [0.875, 3.95]."""

    def d(t):
        x = variable(t)
        square = x * x
        density = (constant(I(0)) - square).exp() * constant(TWO_OVER_ROOT_PI)
        # erfc t = 2 Phi(-sqrt(2) t)
        scaled = ROOT_TWO * t
        erfc = (constant(I(0)) - density).integral(I.of(2) * normal_tail(scaled))
        return (jet_horner(ERF_TAIL, x) * x).exp() - erfc

    return max(taylor_bound(d, a, b) for a, b in grid(Fraction(7, 8), Fraction(395, 100), 400))


def gelu_tail_gap():
    """|p(q) w - G| / G for G = e^(t^2/2) Phi(-t), on [0.625, 14.5]; G' = t G - 1 / sqrt(2 pi)."""

    def d(t):
        x = variable(t)
        g = [mills(t)]
        for n in range(ORDER):
            term = t * g[n] + (g[n - 1] if n > 0 else I(0))
            g.append((term - (INVERSE_ROOT_TWO_PI if n == 0 else I(0))) / I.of(n + 1))
        w = constant(I.of(1)) / (x + constant(I.of(POLE)))
        q = (x - constant(I.of(POLE))) * w
        return jet_horner(GELU_TAIL, q) * w / Jet(g) - constant(I.of(1))

    def mills(t):
        # G falls.
        at = lambda end: exp(I(end) * I(end) / I.of(2)) * I(normal_tail_at(end).lo, normal_tail_at(end).hi)
        return I(at(t.hi).lo, at(t.lo).hi)

    cells = grid(Fraction(5, 8), 2, 128) + grid(2, Fraction(29, 2), 512)
    return max(taylor_bound(d, a, b) for a, b in cells)


FINDERS = {
    "remainder": remainder_gap,
    "logarithm": logarithm_gap,
    "erf center": erf_center_gap,
    "erf tail": erf_tail_gap,
    "gelu center": gelu_center_gap,
    "gelu tail": gelu_tail_gap,
}


@cache
def gap(name):
    return FINDERS[name]()
