#!/usr/bin/env python3
"""Coefficients of the kernels: weighted minimax fits by Lawson's iteration, rounded to binary32 one after the other, each
fit again with the rounded ones fixed. Needs numpy and mpmath.

    fit.py [NAME...]

Finds numbers only. What they are worth is proved by `prove.py`, which does not rest on this file.
"""

import sys

import mpmath as mp
import numpy as np

mp.mp.dps = 40


def minimax(columns, target, weight):
    """The coefficients of `columns` with the least weighted error, nearly."""
    share = np.full(len(target), 1 / len(target))
    best, least = None, np.inf
    for _ in range(400):
        scale = np.sqrt(share) * weight
        found = np.linalg.lstsq(columns * scale[:, None], target * scale, rcond=None)[0]
        error = np.abs((columns @ found - target) * weight)
        if error.max() < least:
            best, least = found, error.max()
        share = share * (error + 1e-300)
        share /= share.sum()
    return best


def fit(target, weight, low, high, powers, fixed=()):
    x = np.array([(low + high) / 2 + (high - low) / 2 * np.cos(np.pi * i / 600) for i in range(601)])
    values = np.array([float(target(mp.mpf(v))) for v in x])
    weights = np.array([float(weight(mp.mpf(v))) for v in x])
    found = dict(fixed)
    for power in [p for p in powers if p not in found]:
        rest = values - sum(c * x**p for p, c in found.items())
        todo = [p for p in powers if p not in found]
        found[power] = float(np.float32(minimax(np.stack([x**p for p in todo], 1), rest, weights)[0]))
    error = np.abs((values - sum(c * x**p for p, c in found.items())) * weights).max()
    return found, error


def over(function, limit):
    """The function, and its limit where it divides zero by zero."""
    return lambda x: function(x) if abs(x) > 1e-12 else limit


def erf_ratio(z):
    return mp.erf(mp.sqrt(z)) / mp.sqrt(z)


def gate(pole):
    """e^(t^2/2) Phi(-t) (t + pole) as a function of (t - pole) / (t + pole)."""

    def function(q):
        t = pole * (1 + q) / (1 - q)
        return mp.exp(t * t / 2) * mp.erfc(t / mp.sqrt(2)) / 2 * (t + pole)

    return function


POLE = 3.625
TWO_OVER_ROOT_PI = 2 / mp.sqrt(mp.pi)

FITS = {
    # e^r - 1 = r + r^2 (...), relative to r
    "remainder": (
        over(lambda r: (mp.expm1(r) - r) / r**2, mp.mpf(1) / 2), abs, -0.3472, 0.3472, range(5), {0: 0.5}),
    # 2 artanh(s / 2) = s + s^3 (...), in s^2, relative
    "logarithm": (
        over(lambda z: (2 * mp.atanh(mp.sqrt(z) / 2) / mp.sqrt(z) - 1) / z, mp.mpf(1) / 12),
        lambda z: z / (1 + z / 12), 0, 0.6667**2, range(4), {}),
    "erf center": (
        over(lambda z: erf_ratio(z) - 1, TWO_OVER_ROOT_PI - 1), over(lambda z: 1 / erf_ratio(z), 1 / TWO_OVER_ROOT_PI),
        0, 0.875**2, range(6), {}),
    # log(erfc t) = t (...), by its effect on erf
    "erf tail": (lambda t: mp.log(mp.erfc(t)), lambda t: mp.erfc(t) / mp.erf(t), 0.875, 3.95, range(1, 7), {}),
    "gelu center": (
        over(lambda z: erf_ratio(z / 2) / 2 / mp.sqrt(2), 1 / mp.sqrt(2 * mp.pi)), mp.sqrt, 0, 0.625**2, range(4), {}),
    "gelu tail": (
        gate(POLE), lambda q: 1 / gate(POLE)(q), (0.625 - POLE) / (0.625 + POLE), (14.5 - POLE) / (14.5 + POLE),
        range(9), {}),
    # sqrt(m), relative
    "square root": (mp.sqrt, lambda m: 1 / mp.sqrt(m), 1, 4, range(3), {}),
}

if __name__ == "__main__":
    for name in sys.argv[1:] or FITS:
        found, error = fit(*FITS[name])
        print(f"{name}: 2^{np.log2(error):.2f}")
        for power, coefficient in sorted(found.items(), reverse=True):
            print(f"  x^{power}: {coefficient.hex()}")
