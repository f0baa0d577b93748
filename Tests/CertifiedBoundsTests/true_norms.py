"""Writes true_norms.txt: small matrices of binary32 numbers and their spectral norms to 60 digits, rounded down.

Needs mpmath and numpy, which the tests don't: python3 Tests/CertifiedBoundsTests/true_norms.py
"""

import pathlib

import mpmath
import numpy

mpmath.mp.dps = 90
random = numpy.random.default_rng(20261122)


def matrices():
    for index in range(60):
        rows, columns = (int(side) for side in random.integers(1, 8, 2))
        values = random.standard_normal((rows, columns))
        kind = index % 6
        if kind == 1:
            values = numpy.outer(values[:, 0], random.standard_normal(columns))
        if kind == 2:
            values = numpy.linalg.qr(random.standard_normal((rows, rows)))[0]
        if kind == 3:
            values = values * 10.0 ** int(random.integers(-30, 31))
        if kind == 4:
            values = numpy.eye(rows, columns) * 0.75
        if kind == 5:
            values = numpy.round(values * 3)
            values[0, 0] = 1
        yield values.astype(numpy.float32)


def norm(values):
    w = mpmath.matrix([[mpmath.mpf(float(x)) for x in row] for row in values])
    gram = w.T * w if values.shape[1] <= values.shape[0] else w * w.T
    root = mpmath.sqrt(max(mpmath.eigsy(gram, eigvals_only=True)))
    # Rounded down at the 60th digit, as 90 were computed.
    exponent = int(mpmath.floor(mpmath.log10(root))) - 60
    return f"{int(mpmath.floor(root * mpmath.mpf(10) ** -exponent))}e{exponent}"


lines = ["# rows columns norm elements, as bits of binary32; written by true_norms.py"]
for values in matrices():
    bits = " ".join(f"{x:08x}" for x in values.view(numpy.uint32).flatten())
    lines.append(f"{values.shape[0]} {values.shape[1]} {norm(values)} {bits}")
pathlib.Path(__file__).with_name("true_norms.txt").write_text("\n".join(lines) + "\n")
