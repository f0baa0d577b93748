"""`ordain certify --method projections` and `--method linear` on trained networks, against the emitted C.

    python projections.py --ordain PATH --data FOLDER [--table]

`--table` only prints, for each network, ball and method, how many points have which verdict, and processor time a point.
Otherwise, for each network of FOLDER/projections, norm and float semantics:

- every choice is the emitted C's;
- every input shown as a counterexample lies in the ball (in rationals) and in the domain, and the emitted C chooses there
  what the report says, which is not its choice at the point;
- no step of a gradient attack on the points called robust changes the emitted C's choice within the ball, and the same
  attack at three times the radius finds counterexamples (an attack that finds nothing there would prove nothing here);
- at most 5 % of the points are undecided, and median and mean processor time a point are at least 20 times below those
  of the published implementation (README.md beside the networks);
- the certified radii of `--lower-bound` are below the distance of every counterexample found;
- what linear bounds decide, projections decide alike, and the inputs that they show are as above.
"""

import argparse
import json
import resource
import statistics
import subprocess
import tempfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import onnx
from emitted import EmittedProgram
from onnx import numpy_helper

SPECIFICATION = """ordain 1
spec "projections" 1.0.0
interface Image {{
  inputs {{ pixel[784] : 1 in 0 .. 1 }}
  outputs {{ digit[10] choose highest }}
}}
network Net : Image from "{model}"
"""
# Network, norm, radius; seconds a point of the published implementation, median and mean.
CASES = [
    ("20.20.20", "L2", "0.25", 0.035, 0.47),
    ("20.20.20", "Linf", "0.015", 0.027, 0.19),
    ("40.40.40", "L2", "0.25", 8.7, 7.5),
    ("20.20.20.20.20.20", "L2", "0.25", 2.7, 2.5),
]
# Network, norm, radius of the table that compares methods.
BALLS = [
    (name, norm, radius)
    for name in ["20.20.20", "40.40.40", "20.20.20.20.20.20"]
    for norm, radius in [("L2", "0.25"), ("L2", "0.5"), ("Linf", "0.015"), ("Linf", "0.03")]
]
SEMANTICS = ["binary64-sums", "contract-off"]


class Gradients:
    """A network of Gemm and Relu in binary64: it only has to point the right way."""

    def __init__(self, path):
        graph = onnx.load(path).graph
        tensors = {tensor.name: numpy_helper.to_array(tensor).astype(float) for tensor in graph.initializer}
        self.layers = [(tensors[n.input[1]], tensors[n.input[2]]) for n in graph.node if n.op_type == "Gemm"]

    def lead(self, points, choice, rival):
        """The slope of choice's lead over rival at each point, or over the best of the others where that is -1."""
        masks, values = [], points
        for position, (weights, bias) in enumerate(self.layers):
            values = values @ weights + bias
            if position < len(self.layers) - 1:
                masks.append(values > 0)
                values = np.maximum(values, 0)
        rows = np.arange(len(points))
        others = values.copy()
        others[rows, choice] = -np.inf
        rival = np.where(rival < 0, others.argmax(axis=1), rival)
        slope = np.zeros_like(values)
        slope[rows, choice] += 1
        slope[rows, rival] -= 1
        for position in reversed(range(len(self.layers))):
            slope = slope @ self.layers[position][0].T
            if position:
                slope = slope * masks[position - 1]
        return slope


def inside(points, centers, norm, radius):
    """As binary32 numbers that are surely in the domain and the ball."""
    for _ in range(2):
        step = np.clip(points, 0, 1) - centers
        if norm == "Linf":
            step = np.clip(step, -radius, radius)
        else:
            length = np.linalg.norm(step, axis=1, keepdims=True)
            step = step * np.minimum(1, radius / np.maximum(length, 1e-30))
        points = centers + step * (1 - 1e-5)
    return points.astype(np.float32)


def attack(program, gradients, centers, choices, norm, radius, generator):
    """For how many of the centers some step changes the choice."""
    broken = np.zeros(len(centers), dtype=bool)
    for rival in range(-2, 10, 2):
        points = inside(centers + radius * generator.normal(size=centers.shape), centers, norm, radius)
        for step in range(20):
            broken |= program.infer(points)["choice"] != choices
            slope = gradients.lead(points.astype(float), choices, np.full(len(centers), max(rival, -1)))
            if norm == "Linf":
                move = np.sign(slope)
            else:
                move = slope / np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-30)
            size = radius * (0.5 if step < 12 else 0.1)
            points = inside(points - size * move, centers, norm, radius)
    return int(broken.sum())


def is_within(point, center, norm, radius):
    differences = [abs(Fraction(float(p)) - Fraction(float(c))) for p, c in zip(point, center) if p != c]
    if norm == "Linf":
        return max(differences) <= radius
    return sum(d * d for d in differences) <= radius * radius


def run(ordain, specification, folder, *options):
    command = [ordain, "certify", specification, "--format", "json", *options]
    command += ["--inputs", folder / "inputs.npy", "--labels", folder / "labels.npy"]
    finished = subprocess.run(command, capture_output=True, text=True)
    if finished.returncode != 0:
        raise SystemExit(f"`ordain certify` ended with {finished.returncode}:\n{finished.stderr}")
    return json.loads(finished.stdout)


def report(ordain, specification, folder, method, *options):
    return run(ordain, specification, folder, "--method", method, *options)["results"][0]["points"]


def check_witness(program, point, center, choice, norm, radius):
    """The input is in domain and ball, and the emitted C chooses there what is said, and not its choice at the point."""
    witness = np.array(point["witness"]["input"], dtype=np.float32)
    assert ((0 <= witness) & (witness <= 1)).all() and is_within(witness, center, norm, radius)
    other = program.infer(witness[None])["choice"][0]
    assert other != choice and point["witness"]["choice"] == f"digit[{other}]"


def check(ordain, folder, case, semantics, work):
    name, norm, epsilon, published_median, published_mean = case
    model = folder / f"mnist-{name}.onnx"
    specification = work / f"{name}.ordain"
    specification.write_text(SPECIFICATION.format(model=model))
    output = work / f"{name}-{semantics}"
    subprocess.run(
        [ordain, "compile", specification, "--prefix", "net", "--float-semantics", semantics, "--output", output],
        check=True, stdout=subprocess.DEVNULL)
    program = EmittedProgram(output / "net.h", output)
    centers = np.load(folder / "inputs.npy")
    ball = ["--norm", norm, "--epsilon", epsilon, "--float-semantics", semantics]
    points = report(ordain, specification, folder, "projections", *ball)
    choices = program.infer(centers)["choice"]
    verdicts = [point["verdict"] for point in points]
    assert len(points) == len(centers) and set(verdicts) <= {"robust", "notRobust", "unknown"}
    for point, center, choice in zip(points, centers, choices):
        assert point["choice"] == f"digit[{choice}]"
        if point["verdict"] == "notRobust":
            check_witness(program, point, center, choice, norm, Fraction(epsilon))
    bounded = report(ordain, specification, folder, "linear", *ball)
    for line, point, center, choice in zip(bounded, points, centers, choices):
        assert line["choice"] == point["choice"]
        assert line["verdict"] == point["verdict"] or line["verdict"] == "unknown" and line["reason"] == "bounds"
        if line["verdict"] == "notRobust":
            check_witness(program, line, center, choice, norm, Fraction(epsilon))
    robust = np.array([verdict == "robust" for verdict in verdicts])
    gradients = Gradients(model)
    generator = np.random.default_rng(7)
    args = (centers[robust].astype(float), choices[robust], norm)
    assert attack(program, gradients, *args, float(epsilon), generator) == 0
    control = attack(program, gradients, *args, 3 * float(epsilon), generator)
    assert control > 0
    unknown = verdicts.count("unknown")
    assert unknown <= 0.05 * len(points)
    seconds = [point["cpuSeconds"] for point in points]
    median, mean = statistics.median(seconds), statistics.mean(seconds)
    print(
        f"{name} {norm} {epsilon} {semantics}: {sum(robust)} robust, {verdicts.count('notRobust')} not, {unknown} unknown; "
        f"median {1e3 * median:.2f} ms, mean {1e3 * mean:.2f} ms ({published_median / median:.0f} and "
        f"{published_mean / mean:.0f} times below the published); the attack breaks {control} at three times the radius")
    assert 20 * median <= published_median and 20 * mean <= published_mean
    ratios = []
    for point in report(ordain, specification, folder, "projections", *ball, "--lower-bound"):
        if point["verdict"] == "robust":
            assert point["certifiedRadius"] <= float(epsilon)
        elif point["verdict"] == "notRobust":
            assert point["certifiedRadius"] < point["witness"]["distance"]
            ratios.append(point["certifiedRadius"] / point["witness"]["distance"])
    # With one rounding a product and a sum, the bounds of rounding errors cost some of the radius.
    assert semantics != "binary64-sums" or min(ratios) >= 0.99, ratios


def row(name, norm, radius, method, counts, times):
    print(f"| {name}, {norm} {radius} | {method} | {' / '.join(map(str, counts))} | {times} |", flush=True)


def compare(ordain, folder, ball, work):
    """Rows of the table: network and ball, method, certified / not robust / unknown, processor time a point."""
    name, norm, radius = ball
    specification = work / "net.ordain"
    text = SPECIFICATION.format(model=folder / f"mnist-{name}.onnx")
    specification.write_text(text + f"robust r on Net {{ within {norm} {radius} of normalized keep top 1 }}\n")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    counts = run(ordain, specification, folder, "--method", "head")["clauses"][0]["counts"]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    certified = counts["certified"]
    # A command of its own for each point would be mostly reading.
    mean = f"{1e3 * seconds / counts['points']:.2f} ms with reading"
    row(*ball, "head", (certified, 0, counts["points"] - certified), mean)
    for method in ["linear", "projections"]:
        points = report(ordain, specification, folder, method)
        verdicts = [point["verdict"] for point in points]
        seconds = [1e3 * point["cpuSeconds"] for point in points]
        counts = [verdicts.count(verdict) for verdict in ["robust", "notRobust", "unknown"]]
        row(*ball, method, counts, f"{statistics.median(seconds):.2f} ms, {statistics.mean(seconds):.2f} ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ordain", required=True, type=Path)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--table", action="store_true")
    options = parser.parse_args()
    if options.table:
        print("| Network, ball | method | certified / not / unknown | median, mean |\n|---|---|---|---|")
        for ball in BALLS:
            with tempfile.TemporaryDirectory() as work:
                compare(options.ordain.resolve(), options.data.resolve() / "projections", ball, Path(work))
        return
    for case in CASES:
        for semantics in SEMANTICS:
            with tempfile.TemporaryDirectory() as work:
                check(options.ordain.resolve(), options.data.resolve() / "projections", case, semantics, Path(work))


if __name__ == "__main__":
    main()
