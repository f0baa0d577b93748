"""Intervals with exact ends, the constants and functions that the proof needs, and the error of binary32 operations.

A number is an integer in units of 2^-P. Every operation rounds its lower end down and its upper end up, so an interval
always holds the exact value. Nothing here uses floating point.
"""

from fractions import Fraction
from math import isqrt

P = 420
ONE = 1 << P


class I:
    """An interval; the ends are integers in units of 2^-P."""

    __slots__ = ("lo", "hi")

    def __init__(self, lo, hi=None):
        self.lo = lo
        self.hi = lo if hi is None else hi
        assert self.lo <= self.hi

    @staticmethod
    def of(a, b=None):
        """From rational ends."""
        low, high = Fraction(a), Fraction(a if b is None else b)
        return I((low.numerator << P) // low.denominator, -((-high.numerator << P) // high.denominator))

    def __neg__(self):
        return I(-self.hi, -self.lo)

    def __add__(self, other):
        return I(self.lo + other.lo, self.hi + other.hi)

    def __sub__(self, other):
        return I(self.lo - other.hi, self.hi - other.lo)

    def __mul__(self, other):
        ends = [a * b for a in (self.lo, self.hi) for b in (other.lo, other.hi)]
        return I(min(ends) >> P, -(-max(ends) >> P))

    def __truediv__(self, other):
        assert other.lo > 0 or other.hi < 0
        ends = [(a << P, b) for a in (self.lo, self.hi) for b in (other.lo, other.hi)]
        return I(min(a // b for a, b in ends), max(-(-a // b) for a, b in ends))

    def widened(self, error):
        return I(self.lo - error, self.hi + error)

    def hull(self, other):
        return I(min(self.lo, other.lo), max(self.hi, other.hi))

    @property
    def magnitude(self):
        return max(abs(self.lo), abs(self.hi))

    @property
    def least(self):
        """The smallest magnitude."""
        return 0 if self.lo <= 0 <= self.hi else min(abs(self.lo), abs(self.hi))

    def scaled(self, exponent):
        """Times 2^exponent."""
        if exponent >= 0:
            return I(self.lo << exponent, self.hi << exponent)
        return I(self.lo >> -exponent, -(-self.hi >> -exponent))


def f32(text):
    """A hexadecimal binary32 number as a fraction."""
    return Fraction(*float.fromhex(text).as_integer_ratio())


def root(x):
    """The square root of a fraction."""
    value = (x.numerator << (2 * P)) // x.denominator
    return I(isqrt(value), isqrt(value) + 1)


def artanh_of_inverse(n):
    """artanh(1 / n) = sum of 1 / ((2 k + 1) n^(2 k + 1))."""
    total, k = I(0), 0
    while True:
        term = I.of(Fraction(1, (2 * k + 1) * n ** (2 * k + 1)))
        total, k = total + term, k + 1
        if term.hi <= 1:
            # The rest is less than a geometric series with ratio 1/n^2 <= 1/4.
            return total + I(0, 2 * term.hi)


def arctan_of_inverse(n):
    """arctan(1 / n), alternating."""
    total, k = I(0), 0
    while True:
        term = I.of(Fraction(1, (2 * k + 1) * n ** (2 * k + 1)))
        total, k = (total - term if k % 2 else total + term), k + 1
        if term.hi <= 1:
            return total.widened(2)


LN2 = I.of(2) * artanh_of_inverse(3)
PI = I.of(16) * arctan_of_inverse(5) - I.of(4) * arctan_of_inverse(239)


def inverse_root(x):
    """1 / sqrt(x) for an interval."""
    low, high = I.of(Fraction(x.lo, ONE)), I.of(Fraction(x.hi, ONE))
    return I.of(1) / I(root(Fraction(x.lo, ONE)).lo, root(Fraction(x.hi, ONE)).hi)


TWO_OVER_ROOT_PI = I.of(2) * inverse_root(PI)
INVERSE_ROOT_TWO_PI = inverse_root(PI * I.of(2))


def exp_at(x):
    """e^x for an integer x in units of 2^-P, |x| < 2^8: Taylor's series at x / 2^20, squared 20 times."""
    halvings = 20
    small = I(x >> halvings, (x >> halvings) + 1)
    total, term, n = I.of(1), I.of(1), 0
    while term.magnitude > 1:
        n += 1
        term = term * small / I.of(n)
        total = total + term
    total = total.widened(2 * term.magnitude + 2)
    for _ in range(halvings):
        total = total * total
    return total


def exp(x):
    return I(exp_at(x.lo).lo, exp_at(x.hi).hi)


def expm1(x):
    return exp(x) - I.of(1)


def series(x, coefficient, terms, rest):
    """sum of coefficient(n) x^n for n < terms, within `rest`."""
    total = I(0)
    for n in reversed(range(terms)):
        total = total * x + coefficient(n)
    return total.widened(rest)


def normal_tail_at(t):
    """Phi(-t) = 1/2 - (sum of (-1)^n t^(2n+1) / (2^n n! (2n+1))) / sqrt(2 pi), for an integer t >= 0 in units."""
    x = I(t)
    square = x * x
    power, total, n = x, I(0), 0
    while True:
        term = power / I.of(2 * n + 1)
        total = total - term if n % 2 else total + term
        n += 1
        power = power * square / I.of(2 * n)
        # From here on the terms fall, so the rest of the alternating series is less than the next.
        if square.hi < (2 * n << P) and power.hi <= 1:
            break
    return I.of(Fraction(1, 2)) - total.widened(2) * INVERSE_ROOT_TWO_PI


def normal_tail(t):
    """Phi(-t) for an interval of t >= 0; it falls."""
    return I(normal_tail_at(t.hi).lo, normal_tail_at(t.lo).hi)


HALF_LEAST = 1 << (P - 150)


def half_unit(m):
    """At most this far is a rounded product or quotient from a value of magnitude up to `m`.

    Next to a power of two: values just above it are nearer to it than half a unit. A value below half the least number
    becomes 0.
    """
    if m <= HALF_LEAST:
        return m
    j = m.bit_length() - 1 - P
    if j < -126:
        return HALF_LEAST
    below = ONE >> (25 - j) if j <= 25 else ONE << (j - 25)
    return max(below, min(2 * below, m - (ONE << j if j >= 0 else ONE >> -j)), HALF_LEAST)


def unit(m):
    """The unit in the last place of a value of magnitude at least `m`."""
    j = max(m.bit_length() - 1 - P, -126)
    return ONE >> (23 - j) if j <= 23 else ONE << (j - 23)


class F:
    """A computed binary32 number: an interval of the ideal value, and how far the computed one is from it at most."""

    __slots__ = ("v", "e")

    def __init__(self, v, e=0):
        self.v = v
        self.e = e

    @staticmethod
    def constant(x):
        return F(I.of(x))

    @property
    def reach(self):
        return self.v.magnitude + self.e

    @property
    def range(self):
        """All values that may be computed."""
        return self.v.widened(self.e)

    def rounded(self, is_sum=False):
        # A sum below 2^-125 is a multiple of 2^-149 that binary32 has: nothing is rounded.
        if is_sum and self.reach < ONE >> 125:
            return self
        return F(self.v, self.e + half_unit(self.reach))

    def __add__(self, other):
        return F(self.v + other.v, self.e + other.e).rounded(is_sum=True)

    def __sub__(self, other):
        return F(self.v - other.v, self.e + other.e).rounded(is_sum=True)

    def __mul__(self, other):
        return F(self.v * other.v, product_error(self, other)).rounded()

    def __truediv__(self, other):
        v = self.v / other.v
        # (a + ea) / (b + eb) - a / b = (ea - (a / b) eb) / (b + eb)
        top = self.e + (v.magnitude * other.e >> P) + 1
        return F(v, (top << P) // (other.v.least - other.e) + 1).rounded()

    def scaled(self, exponent):
        """Times 2^exponent: exact unless it becomes subnormal."""
        result = F(self.v.scaled(exponent), (self.e << exponent) if exponent >= 0 else (self.e >> -exponent) + 1)
        return result.rounded() if result.v.least - result.e < ONE >> 126 else result

    def exactly(self):
        """The computed number as an exact value of its own."""
        return F(self.range)


def product_error(a, b):
    return ((a.v.magnitude * b.e + b.v.magnitude * a.e + a.e * b.e) >> P) + 1


def horner(coefficients, x):
    result = F.constant(coefficients[0])
    for c in coefficients[1:]:
        result = result * x + F.constant(c)
    return result


def exact_horner(coefficients, x):
    result = I.of(coefficients[0])
    for c in coefficients[1:]:
        result = result * x + I.of(c)
    return result
