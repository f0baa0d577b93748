#!/usr/bin/env python3
"""Proves an error bound for each elementary function, for all operands between its clamps.

    prove.py [NAME...]

Each proof cuts the operands into cells. For a cell it follows the kernel (`Sources/NetworkIR/ElementaryFunctions` and
`Operators`) operation by operation: an interval of the ideal value and a bound on how far the computed number is from it,
half a unit in the last place for each rounded operation (`intervals.py`). What the polynomials leave out is added
(`gaps.py`). A cell whose bound is above the claim is cut in two. The claims are those of the article
`ElementaryFunctions`; the script fails where one is not reached. Units are those of the true value.

Nothing is sampled, and nothing rests on floating point or on how the coefficients were found (`fit.py`). The script also
fails where the polynomials of the Swift sources are not those that it proves about.
"""

import re
import sys
from fractions import Fraction
from pathlib import Path

from gaps import *

TINY = Fraction(1, 2**149)

# MARK: Parts of the kernels


def reduced(k, r):
    """What is computed for r = y - k ln 2, y a binary32 number.

    k * high is exact: 8 bits times 15. So is y - k * high: both are multiples of 2^-25, as |y| > 1/4 where k is not 0, and the
    difference is below 1/2.
    """
    if k == 0:
        return F(r)
    correction = F(I.of(k * LOW)).rounded()
    return F(r, correction.e + constant_error(k)).rounded(is_sum=True)


def constant_error(k):
    return (I.of(k * (HIGH + LOW)) - I.of(k) * LN2).magnitude


def remainder(r):
    """e^r - 1 of a computed r."""
    rho = r.exactly()
    computed = rho + (rho * rho) * horner(REMAINDER, rho)
    slope = exp_at(r.v.hi + r.e).hi
    return F(expm1(r.v), computed.e + (gap("remainder") * rho.reach >> P) + (slope * r.e >> P) + 2)


def exponential(k, r, shift):
    """e^y for y = k ln 2 + r, through 2^shift e^y."""
    return (F.constant(1) + remainder(reduced(k, r))).scaled(k + shift).scaled(-shift)


def exponential_minus_one(k, r):
    """e^y - 1; the sum with 2^k - 1 is exact for k = 0, and that difference where binary32 has it."""
    value = remainder(reduced(k, r)).scaled(k)
    difference = F.constant(Fraction(2) ** k - 1)
    if k == 0:
        return value
    return value + (difference if abs(k) <= 24 else difference.rounded())


def quotient(v, slope, error, divisor):
    """A quotient that is a function of one computed argument: its ideal values, a bound on the slope around them, the
    argument's error, and the divisor before it is rounded."""
    relative = (half_unit(divisor.reach) << P) // (divisor.v.least - divisor.e) + 1
    error = (slope * error >> P) + 1
    # 1 / (1 + d) is 1 within 1.001 |d|.
    error += ((v.magnitude + error) * relative * 1001 // 1000 >> P) + 1
    return F(v, error).rounded()


def rising(function, x):
    return I(function(I(x.lo)).lo, function(I(x.hi)).hi)


def polynomial(coefficients, x):
    """A polynomial of a computed x: its rounding for the number that x is, and its slope times x's error."""
    computed = horner(coefficients, x.exactly())
    powers = range(len(coefficients) - 1, 0, -1)
    slope = exact_horner([abs(c) * n for c, n in zip(coefficients, powers)], I(x.reach)).hi
    return F(computed.v, computed.e + (slope * x.e >> P) + 1)


def logarithm_series(s, v):
    """2 artanh(s / 2) of a computed s, of which v are the ideal values."""
    sigma = s.exactly()
    z = sigma * sigma
    computed = sigma + sigma * (z * polynomial(LOGARITHM, z))
    # The slope 1 / (1 - s^2 / 4) is at most 9/8 + 2^-10.
    return F(v, computed.e + (gap("logarithm") * sigma.reach >> P) + s.e * 9 // 8 + (s.e >> 10) + 2)


def artanh_twice(s):
    """2 artanh(s / 2) for |s| <= 2/3 + 2^-20; it rises."""

    def at(x):
        z = x * x
        return x + x * z * series(z, lambda n: I.of(Fraction(1, 4 ** (n + 1) * (2 * n + 3))), 130, 1 << 20)

    return rising(at, s)


def shifts(y):
    """Each k that the reduction may choose for a number in the interval y, with the r that it leaves."""
    reach = I.of(-REACH, REACH)
    first, last = (int(x // LN2.lo) for x in (y.lo, y.hi))
    for k in range(first - 2, last + 3):
        rest = y - I.of(k) * LN2
        if rest.hi >= reach.lo and rest.lo <= reach.hi:
            yield k, I(max(rest.lo, reach.lo), min(rest.hi, reach.hi))


# MARK: The functions on a cell: what is computed


def exp_cell(k, r):
    return exponential(k, r, -32 if k > 0 else 32)


def sigmoid_cell(k, r, is_negative):
    e = exponential(k, r, 32)
    one = I.of(1)
    low = one + I(max(0, e.v.lo - e.e))
    slope = (one / (low * low)).hi
    v = rising(lambda x: x / (one + x), e.v) if is_negative else one / (one + e.v)
    return quotient(v, slope, e.e, F(one + e.v, e.e))


def tanh_cell(k, r):
    m = exponential_minus_one(k, r)
    two = I.of(2)
    low = two + I(max(0, m.v.lo - m.e))
    return quotient(rising(lambda x: x / (x + two), m.v), (two / (low * low)).hi, m.e, F(m.v + two, m.e))


def softplus_cell(k, r, is_negative):
    e = exponential(k, r, 32)
    one = I.of(1)
    halved = F(one + e.v.scaled(-1), (e.e >> 1) + 1)
    low = one + I(max(0, e.v.lo - e.e)).scaled(-1)
    s = quotient(rising(lambda x: x / (one + x.scaled(-1)), e.v), (one / (low * low)).hi, e.e, halved)
    value = logarithm_series(s, artanh_twice(s.v))
    return value if is_negative else F(-(I.of(k) * LN2 + r)) + value


def log_cell(k, f):
    one = I.of(1)
    divisor = F(one + f.scaled(-1))
    s = quotient(rising(lambda x: x / (one + x.scaled(-1)), f), 0, 0, divisor)
    value = logarithm_series(s, artanh_twice(s.v))
    if k == 0:
        return value
    low = F(I.of(k) * LN2 - I.of(k * HIGH), F(I.of(k * LOW)).rounded().e + constant_error(k))
    return F(I.of(k * HIGH)) + (low + value)


def erf_center_cell(a):
    x = F(a)
    p = polynomial(ERF_CENTER, x * x)
    p.e += gap("erf center")
    p.v = p.v.widened(gap("erf center"))
    return x + x * p


def erf_tail_cells(a):
    x = F(a)
    y = horner(ERF_TAIL, x) * x
    # The true value, from the exact polynomial.
    v = (I.of(1) - exp(y.v)).widened(gap("erf tail"))
    slope = exp_at(y.v.hi + y.e).hi
    for k, r in shifts(y.range):
        power = F.constant(Fraction(2) ** k)
        computed = F.constant(1) - (power + remainder(reduced(k, r)).scaled(k))
        yield F(v, computed.e + (slope * y.e >> P) + 1 + gap("erf tail"))


def gelu_center_cell(a, sign):
    """x (1/2 + x n(x^2)), the factor with what the polynomial leaves out."""
    x = F(a if sign > 0 else -a)
    z = x * x
    product = x * polynomial(GELU_CENTER, z)
    return x * (F.constant(Fraction(1, 2)) + F(product.v.widened(gap("gelu center")), product.e + gap("gelu center")))


def gelu_tail_cells(a, sign):
    x = F(a)
    # a - part has at most 12 bits and is exact, as is part^2 / 2; the rest of a^2 / 2 is at most 2^-11 a^2. Rounded are its sum a +
    # part, by 2^-24 of it, and the product.
    low = I(0, (a * a).hi >> 11)
    rest = F(low, (low.hi >> 24) + 1).rounded()
    exponent = -(a * a).scaled(-1)
    w = F.constant(1) / (x + F.constant(POLE))
    q = (x - F.constant(POLE)) * w
    g = horner(GELU_TAIL, q) * w
    true = normal_tail(a)
    for k, r in shifts(exponent.widened(rest.e)):
        correction = F(I.of(k * LOW)).rounded()
        sum_ = F(I.of(k * LOW) + low, correction.e + rest.e).rounded(is_sum=True)
        # -high - k HIGH is exact as in `reduced`.
        e = remainder(F(r, sum_.e + constant_error(k)).rounded(is_sum=True))
        c = (g + g * e).scaled(k + 32)
        # What the polynomial leaves out is relative to Phi.
        c = F(true.scaled(32), c.e + (gap("gelu tail") * true.scaled(32).hi >> P) + 1)
        if sign < 0:
            yield (F(-a) * c).scaled(-32)
        else:
            yield x * (F.constant(1) - c.scaled(-32))


def gelu_tanh_cells(a, sign):
    x = F(a)
    u = x * polynomial(GELU_TANH, x * x)
    exact = I.of(2) * root_two_over_pi() * (a + I.of(Fraction(44715, 10**6)) * a * a * a)
    u = F(exact, u.e + coefficient_error(a))
    one = I.of(1)
    for k, r in shifts(-u.range):
        if k < -156:
            # Beyond the clamp both are within 12 e^-107 of the limit.
            yield F(I(0), exp_at(-107 * ONE).hi * 24)
            continue
        e = (F.constant(1) + remainder(reduced(k, r))).scaled(k + 32)
        ideal = exp(-exact)
        e = F(ideal.scaled(32), e.e + (exp_at(max(0, u.e) - exact.lo).hi * u.e >> P << 32) + (1 << 32))
        divisor = F(one + ideal, (e.e >> 32) + HALF_LEAST)
        if sign > 0:
            yield quotient(a * (one / (one + ideal)), a.hi, divisor.e, divisor)
        else:
            yield ((F(-a) * e) / divisor.rounded()).scaled(-32)


def root_two_over_pi():
    return ROOT_TWO * inverse_root(PI)


def coefficient_error(a):
    """How far the binary32 coefficients move u."""
    first = (I.of(2) * root_two_over_pi() - I.of(GELU_TANH[1])).magnitude
    second = (I.of(2) * root_two_over_pi() * I.of(Fraction(44715, 10**6)) - I.of(GELU_TANH[0])).magnitude
    return (first * a.hi >> P) + (second * (a * a * a).hi >> P) + 2


# MARK: The proofs


def units(result):
    """The error in units of the true value."""
    return Fraction(result.e, unit(result.v.least))


def of_operand(result, a):
    """The error in 2^-24 |x|; 2^-149 is allowed besides."""
    return Fraction(max(0, result.e - (ONE >> 149)) << 24, max(1, a.lo))


def prove(name, claim, cells, bound):
    worst, count, todo = Fraction(0), 0, list(cells)
    while todo:
        kind, a, b = todo.pop()
        reached = bound(kind, I.of(a, b))
        if reached <= claim:
            worst, count = max(worst, reached), count + 1
        elif b - a < (abs(a) + TINY) / 2**40:
            print(f"{name}: not proved: {float(reached):.4f} on {kind} [{float(a)}, {float(b)}]")
            return False
        else:
            middle = (a + b) / 2
            todo += [(kind, a, middle), (kind, middle, b)]
    print(f"{name}: at most {float(worst):.4f}, {count} cells", flush=True)
    return True


def with_shifts(first, last, parts=24, kinds=(None,)):
    """Cells over r for each k and kind."""
    return [((k, kind), a, b) for kind in kinds for k in range(first, last + 1) for a, b in grid(-REACH, REACH, parts)]


def around_zero(kinds, highest=REACH):
    """The cells of k = 0 on one side of zero, by binades."""
    return [((0, kind), a, b) for kind in kinds for a, b in binades(highest)]


def largest_units(results):
    return max(map(units, results))


def exp_bound(kind, r):
    result = exp_cell(kind[0], r)
    # From 2^128 - 2^103 on the result is infinity.
    return 0 if result.v.lo >= (2**128 - 2**103) << P else units(result)


def log_cells():
    low, high = Fraction(2929, 10000), Fraction(4143, 10000)
    near = [((0, s), a, b) for s in (-1, 1) for a, b in binades(high if s > 0 else low, least=-24)]
    return near + [((k, 1), a, b) for k in range(-150, 129) if k != 0 for a, b in grid(-low, high, 12)]


PROOFS = {
    "exponential": (Fraction(12, 10), lambda: with_shifts(-150, 128), exp_bound),
    "exponential_minus_one": (
        Fraction(14, 10), lambda: with_shifts(-26, -1) + around_zero(["below"]),
        lambda kind, r: units(exponential_minus_one(kind[0], -r if kind[1] else r)),
    ),
    "sigmoid": (
        Fraction(31, 10), lambda: with_shifts(-150, 0, kinds=(True, False)),
        lambda kind, r: units(sigmoid_cell(kind[0], r, kind[1])),
    ),
    "tanh": (
        Fraction(35, 10), lambda: with_shifts(1, 28) + around_zero([None]),
        lambda kind, r: units(tanh_cell(kind[0], r)),
    ),
    "erf": (
        Fraction(19, 10),
        lambda: [("center", a, b) for a, b in binades(Fraction(7, 8))]
        + [("tail", a, b) for a, b in grid(Fraction(7, 8), Fraction(395, 100), 64)],
        lambda kind, a: largest_units([erf_center_cell(a)] if kind == "center" else erf_tail_cells(a)),
    ),
    "gelu": (
        Fraction(95, 10),
        lambda: [(("center", s), a, b) for s in (-1, 1) for a, b in binades(Fraction(5, 8))]
        + [(("tail", s), a, b) for s in (-1, 1) for a, b in grid(Fraction(5, 8), Fraction(29, 2), 256)],
        lambda kind, a: largest_units(
            [gelu_center_cell(a, kind[1])] if kind[0] == "center" else gelu_tail_cells(a, kind[1])),
    ),
    "gelu_tanh": (
        Fraction(3), lambda: [(s, a, b) for s in (-1, 1) for a, b in binades(12)],
        lambda sign, a: max(of_operand(r, a) for r in gelu_tanh_cells(a, sign)),
    ),
    "softplus": (
        Fraction(475, 100), lambda: with_shifts(-150, 0, kinds=(True, False)),
        lambda kind, r: units(softplus_cell(kind[0], r, kind[1])),
    ),
    "logarithm": (
        Fraction(375, 100), log_cells, lambda kind, f: units(log_cell(kind[0], f if kind[1] > 0 else -f)),
    ),
}

def same_polynomials():
    """Whether the sources have the polynomials of `gaps.py`, and one more: the guess of the square root, which needs none."""
    sources = Path(__file__).resolve().parents[2] / "Sources/NetworkIR"
    found = []
    for file in sources.rglob("*.swift"):
        for arguments in re.findall(r"Polynomial\(([-0-9a-fxp+.,\s]+)\)", file.read_text()):
            numbers = [n.strip() for n in arguments.split(",")]
            found.append([f32(n) if "x" in n else Fraction(n) for n in numbers])
    expected = [REMAINDER, LOGARITHM, ERF_CENTER, ERF_TAIL, GELU_CENTER, GELU_TAIL, GELU_TANH]
    others = [p for p in found if p not in expected]
    missing = [p for p in expected if p not in found]
    if missing or len(others) != 1:
        print(f"the sources have other polynomials: {len(missing)} missing, {len(others)} unknown")
    return not missing and len(others) == 1


if __name__ == "__main__":
    if not same_polynomials():
        sys.exit(1)
    names = sys.argv[1:] or PROOFS
    results = [prove(name, PROOFS[name][0], PROOFS[name][1](), PROOFS[name][2]) for name in names]
    sys.exit(0 if all(results) else 1)
