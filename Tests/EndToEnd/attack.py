"""Attacks the certificates of the emitted digit reader: for every test image and clause that the emitted C certifies,
projected gradient steps on the sphere of the reported radius, each point evaluated by the emitted C itself.

    python attack.py --ordain PATH [--steps 200] [--starts 5]

A clause says that for some permitted number of best outputs their set stays the same. It is broken if for each of these
numbers some point of the ball and the domain has another set. The gradients come from a forward and backward pass of
our own over the ONNX graph; they only have to point the right way. What counts is what the emitted C says at binary32
points whose distance, in exact terms, is not above the radius.

As a control, the same attack has to break most clauses at five times the radius: an attack that finds nothing there
would prove nothing here.
"""

import argparse
import ctypes
import re
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

DIGITS = Path(__file__).resolve().parents[2] / "Specs/digits"
# For each clause of digits.ordain the most best outputs that it asks about, and its sets.
CLAUSES = {"same": (1, None), "pair": (2, None), "alike": (3, [{3, 5, 8, 9}, {1, 2, 8}, {4, 6, 7}])}
OK, ABSTAINED, UNCERTIFIED = 0, 2, 9


class Network:
    """An ONNX graph of Gemm and MinMax: scores, and gradients of a weighted sum of them."""

    def __init__(self, path):
        graph = onnx.load(path).graph
        self.tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
        self.nodes = [
            (node.op_type, list(node.input), node.output[0], {a.name: helper.get_attribute_value(a) for a in node.attribute})
            for node in graph.node
        ]
        self.input, self.output = graph.input[0].name, graph.output[0].name

    def forward(self, points):
        values = {self.input: points}
        for operator, inputs, output, attributes in self.nodes:
            x = values[inputs[0]]
            if operator == "Gemm":
                values[output] = x @ self.tensors[inputs[1]].T + self.tensors[inputs[2]]
            elif operator == "Reshape":
                values[output] = x.reshape(self.tensors[inputs[1]])
            elif operator == "ReduceMin":
                values[output] = x.min(axis=2, keepdims=True)
            elif operator == "ReduceMax":
                values[output] = x.max(axis=2, keepdims=True)
            elif operator == "Concat":
                values[output] = np.concatenate([values[name] for name in inputs], axis=2)
            else:
                raise ValueError(f"an operator that this script does not know: {operator}")
        return values

    def gradient(self, values, weights):
        """Of the sum of weights * scores, for each point."""
        slopes = {self.output: weights}
        for operator, inputs, output, _ in reversed(self.nodes):
            slope, x = slopes.pop(output), values[inputs[0]]
            if operator == "Gemm":
                parts = [slope @ self.tensors[inputs[1]]]
            elif operator == "Reshape":
                parts = [slope.reshape(x.shape)]
            elif operator in ("ReduceMin", "ReduceMax"):
                parts = [(x == values[output]) * slope]
            else:
                sizes = np.cumsum([values[name].shape[2] for name in inputs])[:-1]
                parts = np.split(slope, sizes, axis=2)
            for name, part in zip(inputs, parts):
                slopes[name] = slopes.get(name, 0) + part
        return slopes[self.input]


class Program:
    """The emitted C, as a shared library."""

    def __init__(self, ordain, folder):
        subprocess.run(
            [ordain, "compile", DIGITS / "digits.ordain", "--prefix", "digits", "--batch", "-o", folder],
            check=True, stdout=subprocess.DEVNULL)
        library = folder / "digits.so"
        subprocess.run(
            ["cc", "-std=c99", "-O2", "-fPIC", "-shared", folder / "digits.c", "-o", library], check=True)
        header = (folder / "digits.h").read_text()
        names = re.findall(r"DIGITS_CLAUSE_(\w+) = (\d+)", header)
        assert [name.lower() for name, _ in names] == list(CLAUSES), names
        self.batch = ctypes.CDLL(str(library)).digits_infer_batch
        self.result = np.dtype([
            ("scores", "<f4", 10), ("choice", "<i4"), ("status", "<i4"), ("reason", "<i4"), ("active", "<u4", 1),
            ("certified", "<u4", 1), ("radius", "<f4", len(CLAUSES)),
        ])

    def __call__(self, points):
        points = np.ascontiguousarray(points, dtype="<f4")
        results = np.zeros(len(points), dtype=self.result)
        self.batch(ctypes.c_uint32(len(points)), points.ctypes.data_as(ctypes.c_void_p),
                   results.ctypes.data_as(ctypes.c_void_p))
        return results


def permitted(order, clause):
    """For which numbers of best outputs the clause may hold."""
    places, sets = CLAUSES[clause]
    return [k for k in range(1, places + 1) if k == 1 or not sets or any(set(order[:k]) <= s for s in sets)]


def project(points, centers, radii):
    """Into the domain and the ball, close to its surface, as binary32 numbers that are surely inside."""
    step = points - centers
    for _ in range(3):
        step *= (radii * (1 - 1e-6) / np.maximum(np.linalg.norm(step, axis=1), 1e-30))[:, None]
        step = np.clip(centers + step, 0, 1) - centers
    length = np.linalg.norm(step, axis=1)
    step *= np.minimum(1, radii * (1 - 1e-6) / np.maximum(length, 1e-30))[:, None]
    floats = (centers + step).astype(np.float32)
    assert (floats >= 0).all() and (floats <= 1).all()
    # The distances are off by less than 1e-13 of themselves.
    distance = np.linalg.norm(floats.astype(float) - centers, axis=1)
    assert (distance <= radii * (1 - 1e-8)).all()
    return floats


def exactly_inside(point, center, radius):
    distance = sum((Fraction(float(p)) - Fraction(float(c))) ** 2 for p, c in zip(point, center))
    return distance <= Fraction(float(radius)) ** 2


def best_sets(scores, k):
    """For each row the set of the k best outputs, as a mask."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return (1 << order.astype(np.int64)).sum(axis=1)


def attack(network, program, centers, radii, k, steps, starts, generator):
    """For each centre whether the set of the k best outputs changes at some point, and such points."""
    own = best_sets(program(centers)["scores"], k)
    count = len(centers)
    broken = np.zeros(count, dtype=bool)
    witnesses = {}
    x0 = np.repeat(centers.astype(float), starts, axis=0)
    radius = np.repeat(radii.astype(float), starts)
    sets = np.repeat(own, starts)
    inside = (sets[:, None] >> np.arange(10) & 1).astype(bool)
    points = project(x0 + generator.normal(size=x0.shape), x0, radius)
    rows = np.arange(len(points))
    order = np.repeat(np.argsort(-program(centers)["scores"], axis=1, kind="stable"), starts, axis=0)
    fixed = order[rows, k + (rows % starts) % (10 - k)]
    evaluated = 0
    for step in range(steps + 1):
        results = program(points)
        evaluated += len(points)
        abstained = (results["status"] == ABSTAINED) & (results["reason"] == UNCERTIFIED)
        assert ((results["status"] == OK) | abstained).all()
        changed = ~abstained & (best_sets(results["scores"], k) != sets)
        if k == 1:
            changed |= ~abstained & (1 << results["choice"].astype(np.int64) != sets)
        for index in np.flatnonzero(changed):
            witnesses.setdefault(index // starts, points[index])
        broken |= changed.reshape(count, starts).any(axis=1)
        if step == steps:
            break
        values = network.forward(points)
        scores = values[network.output]
        worst = np.where(inside, scores, np.inf).argmin(axis=1)
        # Some starts go for the pair that is closest now, others for one of those that were closest at the centre.
        rival = np.where(rows % starts < 2, np.where(inside, -np.inf, scores).argmax(axis=1), fixed)
        weights = np.zeros_like(scores)
        weights[rows, rival] += 1
        weights[rows, worst] -= 1
        gradient = network.gradient(values, weights).astype(float)
        gradient /= np.maximum(np.linalg.norm(gradient, axis=1, keepdims=True), 1e-30)
        size = 0.5 if step < steps // 2 else 0.05
        points = project(points + size * radius[:, None] * gradient, x0, radius)
    return broken, witnesses, evaluated


def attack_clause(network, program, clause, images, results, factor, steps, starts, generator):
    """(certified images, those whose clause is broken at `factor` times the radius, evaluations)."""
    number = list(CLAUSES).index(clause)
    chosen = np.flatnonzero(results["certified"][:, 0] >> number & 1)
    orders = np.argsort(-results["scores"], axis=1, kind="stable")
    holding = np.zeros(len(images), dtype=bool)
    evaluations = 0
    for k in range(1, CLAUSES[clause][0] + 1):
        members = np.array([i for i in chosen if k in permitted(orders[i], clause)], dtype=int)
        if len(members) == 0:
            continue
        radii = results["radius"][members, number] * np.float32(factor)
        broken, witnesses, count = attack(
            network, program, images[members], radii, k, steps, starts, generator)
        evaluations += count
        for index, point in witnesses.items():
            assert exactly_inside(point, images[members[index]], radii[index])
        holding[members] |= ~broken
    return chosen, chosen[~holding[chosen]], evaluations


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ordain", required=True)
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--starts", type=int, default=5)
    options = parser.parse_args()
    images = np.load(DIGITS / "test_inputs.npy").astype(np.float32)
    network = Network(DIGITS / "digits.onnx")
    expected = np.genfromtxt(DIGITS / "expected.csv", delimiter=",", names=True)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        program = Program(options.ordain, Path(folder))
        results = program(images)
        assert (results["status"] == OK).all()
        assert np.allclose(network.forward(images)[network.output], results["scores"], rtol=1e-5, atol=1e-4)
        for clause in CLAUSES:
            generator = np.random.default_rng(7)
            run = lambda factor, steps: attack_clause(
                network, program, clause, images, results, factor, steps, options.starts, generator)
            certified, broken, count = run(1, options.steps)
            _, control, _ = run(5, 20)
            real = int((expected[clause] > 0.3).sum())
            radii = results["radius"][certified, list(CLAUSES).index(clause)]
            print(
                f"{clause}: {len(certified)} of {len(images)} images certified ({real} over the real numbers), "
                f"radii {radii.min():.4g} to {radii.max():.4g}; {count} points tried, {len(broken)} broken; "
                f"control at five times the radius: {len(control)} broken")
            if len(broken) > 0:
                print(f"  broken: {broken.tolist()}")
                failed = True
            if len(certified) < real - 2 or len(certified) > real:
                print("  that is not the expected number")
                failed = True
            if len(control) < len(certified) // 2:
                print("  the attack is too weak to say anything")
                failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
