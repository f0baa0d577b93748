"""What the ACAS Xu properties mean, written down from the VNN-LIB files and from nothing of ours.

Regions are boxes of decimal numbers in physical units (the `Unscaled Input` comments of the files), cut with the domain
of the networks. A bound is turned into the outermost binary32 number inside it, by exact rational comparison, so that
membership of a binary32 input is decided exactly. Scores are costs, and the comparisons are those of the files: all are
non-strict, so a tie is a violation.
"""

import itertools
from fractions import Fraction

import numpy as np

DOMAIN = [("0", "60760"), ("-3.141593", "3.141593"), ("-3.141593", "3.141593"), ("100", "1200"), ("0", "1200")]
MEANS = np.array([19791.091, 0.0, 0.0, 650.0, 600.0])
RANGES = np.array([60261.0, 6.28318530718, 6.28318530718, 1100.0, 1200.0])

ANY = ("-9", "9")
HEAD_ON, HEAD_ON_WIDE = ("-3.141592", "-3.136592"), ("-3.141592", "-3.131592")
BOXES = {
    "p2": [[("55947.691", "60760"), ANY, ANY, ("1145", "1200"), ("0", "60")]],
    "p3": [[("1500", "1800"), ("-0.06", "0.06"), ("3.10", "9"), ("980", "1200"), ("960", "1200")]],
    "p4": [[("1500", "1800"), ("-0.06", "0.06"), ("0", "0"), ("1000", "1200"), ("700", "800")]],
    "p5": [[("250", "400"), ("0.2", "0.4"), HEAD_ON, ("100", "400"), ("0", "400")]],
    "p6": [
        [("12000", "62000"), ("0.7", "3.141592"), HEAD_ON, ("100", "1200"), ("0", "1200")],
        [("12000", "62000"), ("-3.141592", "-0.7"), HEAD_ON, ("100", "1200"), ("0", "1200")],
    ],
    "p7": [[("0", "60760"), ("-3.141592", "3.141592"), ("-3.141592", "3.141592"), ("100", "1200"), ("0", "1200")]],
    "p8": [[("0", "60760"), ("-3.141592", "-2.356194"), ("-0.1", "0.1"), ("600", "1200"), ("600", "1200")]],
    "p9": [[("2000", "7000"), ("-0.4", "-0.14"), HEAD_ON_WIDE, ("100", "150"), ("0", "150")]],
    "p10": [[("36000", "60760"), ("0.7", "3.141592"), HEAD_ON_WIDE, ("900", "1200"), ("600", "1200")]],
}
ON = {
    "p2": lambda prev, tau: prev >= 2,
    "p3": lambda prev, tau: prev != 1 or tau < 7,
    "p4": lambda prev, tau: prev != 1 or tau < 7,
    "p5": lambda prev, tau: (prev, tau) == (1, 1),
    "p6": lambda prev, tau: (prev, tau) == (1, 1),
    "p7": lambda prev, tau: (prev, tau) == (1, 9),
    "p8": lambda prev, tau: (prev, tau) == (2, 9),
    "p9": lambda prev, tau: (prev, tau) == (3, 3),
    "p10": lambda prev, tau: (prev, tau) == (4, 5),
}


def _beats_none(costs, output):
    """Some other output costs no more than `output`: it is not the strict minimum."""
    others = np.delete(costs, output, axis=1)
    return (others <= costs[:, [output]]).any(axis=1)


def _some_minimal(costs, outputs, rivals):
    """Some of `outputs` costs no more than every rival."""
    return np.logical_or.reduce([(costs[:, [o]] <= costs[:, rivals]).all(axis=1) for o in outputs])


UNSAFE = {
    "p2": lambda y: (y[:, 1:] <= y[:, [0]]).all(axis=1),
    "p3": lambda y: _some_minimal(y, [0], [1, 2, 3, 4]),
    "p4": lambda y: _some_minimal(y, [0], [1, 2, 3, 4]),
    "p5": lambda y: _beats_none(y, 4),
    "p6": lambda y: _beats_none(y, 0),
    "p7": lambda y: _some_minimal(y, [3, 4], [0, 1, 2]),
    "p8": lambda y: _some_minimal(y, [2, 3, 4], [0, 1]),
    "p9": lambda y: _beats_none(y, 3),
    "p10": lambda y: _beats_none(y, 0),
}


def float_inside(decimal, upwards):
    """The binary32 number nearest to `decimal` that is not below it (`upwards`) or not above it."""
    exact, value = Fraction(decimal), np.float32(float(Fraction(decimal)))
    if upwards and Fraction(float(value)) < exact:
        value = np.nextafter(value, np.float32(np.inf))
    if not upwards and Fraction(float(value)) > exact:
        value = np.nextafter(value, np.float32(-np.inf))
    return value


def float_box(box):
    """The ends, as two binary32 vectors, of a box of decimals cut with the domain."""
    low = [max(float_inside(a, True), float_inside(b, True)) for (a, _), (b, _) in zip(box, DOMAIN)]
    high = [min(float_inside(a, False), float_inside(b, False)) for (_, a), (_, b) in zip(box, DOMAIN)]
    return np.array(low, dtype=np.float32), np.array(high, dtype=np.float32)


FLOAT_BOXES = {name: [float_box(box) for box in boxes] for name, boxes in BOXES.items()}
# The same with the angles' ends at +-3.141592, which stand for +-pi, moved to the ends of the domain.
WHOLE_TURN = {"-3.141592": "-9", "3.141592": "9"}
WIDE_BOXES = {
    name: [float_box([tuple(WHOLE_TURN.get(end, end) for end in interval) for interval in box]) for box in boxes]
    for name, boxes in BOXES.items()
}


def draw(generator, boxes, count):
    """`count` binary32 inputs inside the boxes: uniform, one coordinate in twenty on an end of its interval."""
    parts = [len(part) for part in np.array_split(np.arange(count), len(boxes))]
    drawn = []
    for (low, high), part in zip(boxes, parts):
        points = generator.uniform(low.astype(float), high.astype(float), (part, len(low))).astype(np.float32)
        on_end = generator.integers(0, 40, points.shape)
        points = np.where(on_end == 0, low, np.where(on_end == 1, high, points))
        drawn.append(np.clip(points, low, high))
    return np.concatenate(drawn)


def draw_outside(generator, boxes, count):
    """`count` binary32 inputs in the domain, each one step beyond an end of a box in one coordinate (or on the domain's
    end)."""
    points = draw(generator, boxes, count)
    low, high = (np.array(ends) for ends in zip(*boxes))
    rows, box = np.arange(count), generator.integers(0, len(boxes), count)
    coordinate, upwards = generator.integers(0, points.shape[1], count), generator.integers(0, 2, count) == 1
    above = np.nextafter(high[box, coordinate], np.float32(np.inf))
    below = np.nextafter(low[box, coordinate], np.float32(-np.inf))
    points[rows, coordinate] = np.where(upwards, above, below)
    return np.clip(points, *float_box(DOMAIN))


def inside(inputs, boxes):
    """Whether each input lies in one of the boxes."""
    return np.logical_or.reduce([((low <= inputs) & (inputs <= high)).all(axis=1) for low, high in boxes])


def first_safe_orders(names):
    """For each raw ranking, as a permutation of 0..4 best first, the safe order that comes first lexicographically in
    raw rank; found by trying all 120."""
    orders = np.array(list(itertools.permutations(range(5))))
    costs = np.argsort(orders, axis=1).astype(np.float32)  # the place of each output is its cost
    safe = [tuple(map(int, o)) for o, bad in zip(orders, np.any([UNSAFE[n](costs) for n in names], axis=0)) if not bad]
    return {
        tuple(raw): min(safe, key=lambda order: [raw.index(output) for output in order])
        for raw in map(list, itertools.permutations(range(5)))
    }
