"""What rigorous certificates of `digits.onnx` should come to on the test set, computed apart from the compiler.

    python evaluate.py                   print the shares
    python evaluate.py --check           compare with expected.json and expected.csv, exit 1 on any difference
    python evaluate.py --record          write them

Everything is float64 numpy: the network is evaluated node by node from the ONNX file, layer norms come from a singular
value decomposition. So the figures are those of exact real arithmetic up to about 1e-12, they are no certificate, and
they charge no rounding error of the emitted code. This file shares no code with the training kit.

`expected.csv` has one line an image: its label, the prediction, and for each clause of `digits.ordain` the radius up to
which the clause holds. A clause is certified at `radius` iff its radius is greater.
"""

import argparse
import csv
import hashlib
import io
import json
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

HERE = Path(__file__).resolve().parent
RADIUS = 0.3
AFFINITY_SETS = [{3, 5, 8, 9}, {1, 2, 8}, {4, 6, 7}]
CLAUSES = ["same", "pair", "alike"]
TOLERANCE = 1e-9


class Network:
    """The weights of an ONNX file of Gemm and MinMax, and the evaluation of its nodes."""

    def __init__(self, path):
        graph = onnx.load(path).graph
        self.tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
        self.nodes = graph.node

    def logits(self, images):
        """(images, 64) to (images, 10)."""
        values = dict(self.tensors, x=images.astype(float))
        for node in self.nodes:
            inputs = [values[name] for name in node.input]
            attributes = {item.name: helper.get_attribute_value(item) for item in node.attribute}
            values[node.output[0]] = self._apply(node.op_type, inputs, attributes)
        return values["y"]

    def _apply(self, operator, inputs, attributes):
        match operator:
            case "Gemm":
                return inputs[0] @ inputs[1].astype(float).T + inputs[2].astype(float)
            case "Reshape":
                return inputs[0].reshape(inputs[1])
            case "ReduceMin":
                return inputs[0].min(axis=2, keepdims=True)
            case "ReduceMax":
                return inputs[0].max(axis=2, keepdims=True)
            case "Concat":
                return np.concatenate(inputs, axis=2)
        raise ValueError(f"an operator that this script does not know: {operator}")

    def pairwise(self):
        """K[i, j]: the product of the hidden norms times the distance of the last layer's rows i and j."""
        *hidden, last = [self.tensors[node.input[1]].astype(float) for node in self.nodes if node.op_type == "Gemm"]
        norms = [np.linalg.svd(weight, compute_uv=False)[0] for weight in hidden]
        return norms, np.prod(norms) * np.linalg.norm(last[:, None] - last[None], axis=2)


def top_radius(scores, bounds, order, size):
    """The distance within which each of the `size` best classes stays above every class that is not among them."""
    best, others = order[:size], order[size:]
    return min((scores[a] - scores[b]) / bounds[a, b] for a in best for b in others)


def alike(order, size):
    """Whether the `size` best classes lie in one affinity set; a single class always does."""
    return size == 1 or any(set(order[:size]) <= group for group in AFFINITY_SETS)


def clause_radii(scores, bounds):
    """The radius of each clause: the greatest that a permitted number of best classes has."""
    order = np.argsort(-scores, kind="stable")
    radii = [top_radius(scores, bounds, order, size) for size in (1, 2, 3)]
    return {
        "same": radii[0],
        "pair": max(radii[:2]),
        "alike": max(radius for size, radius in enumerate(radii, start=1) if alike(order, size)),
    }


def evaluate():
    """(summary, one record an image)."""
    path = HERE / "digits.onnx"
    network = Network(path)
    labels = np.load(HERE / "test_labels.npy")
    scores = network.logits(np.load(HERE / "test_inputs.npy"))
    norms, bounds = network.pairwise()
    images = [
        {"label": int(label), "prediction": int(np.argmax(row)), **clause_radii(row, bounds)}
        for label, row in zip(labels, scores)
    ]
    summary = {
        "model": hashlib.sha256(path.read_bytes()).hexdigest(),
        "images": len(images),
        "radius": RADIUS,
        "clean": sum(right(image) for image in images),
        "layerNorms": norms,
        "pairwise": bounds.tolist(),
        "clauses": {clause: counts(images, clause) for clause in CLAUSES},
    }
    return summary, images


def right(image):
    """Whether the prediction is the label."""
    return image["prediction"] == image["label"]


def counts(images, clause):
    """How many images the clause certifies, how many of these are predicted right, and the same by label."""
    certified = [image for image in images if image[clause] > RADIUS]
    return {
        "certified": len(certified),
        "certifiedAndRight": sum(right(image) for image in certified),
        "certifiedByLabel": [sum(image["label"] == label for image in certified) for label in range(10)],
        "medianRadius": float(np.median([image[clause] for image in images])),
    }


def print_table(summary):
    """The shares as a Markdown table."""
    total = summary["images"]
    print(f"{total} images, {summary['clean']} predicted right ({summary['clean'] / total:.1%}), radius {RADIUS}\n")
    print("| clause | certified | certified and right | rejected | median radius |\n|---|---|---|---|---|")
    for name, clause in summary["clauses"].items():
        shares = [clause["certified"], clause["certifiedAndRight"], total - clause["certified"]]
        cells = [f"`{name}`", *(f"{n} ({n / total:.1%})" for n in shares), f"{clause['medianRadius']:.3f}"]
        print(f"| {' | '.join(cells)} |")


def csv_text(images):
    """The records as CSV, radii to 12 digits."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["label", "prediction", *CLAUSES])
    for image in images:
        writer.writerow([image["label"], image["prediction"], *(f"{image[clause]:.12g}" for clause in CLAUSES)])
    return text.getvalue()


def close(recorded, found):
    """Whether two JSON values are equal, floating-point numbers within TOLERANCE of each other's size."""
    if isinstance(recorded, dict):
        return isinstance(found, dict) and recorded.keys() == found.keys() and all(
            close(recorded[key], found[key]) for key in recorded
        )
    if isinstance(recorded, list):
        return len(recorded) == len(found) and all(map(close, recorded, found))
    if isinstance(recorded, float):
        return abs(recorded - found) <= TOLERANCE * max(1, abs(recorded))
    return recorded == found


def differences(summary, images):
    """What does not agree with the recorded files, as text."""
    recorded = json.loads((HERE / "expected.json").read_text())
    problems = [f"expected.json: {key} differs" for key in summary if not close(recorded.get(key), summary[key])]
    with open(HERE / "expected.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    if len(rows) != len(images):
        return problems + [f"expected.csv: {len(rows)} lines for {len(images)} images"]
    for number, (row, image) in enumerate(zip(rows, images), start=1):
        same = all(int(row[key]) == image[key] for key in ("label", "prediction"))
        if not same or not all(close(float(row[clause]), image[clause]) for clause in CLAUSES):
            problems.append(f"expected.csv: image {number} differs")
    return problems


def main():
    """Print the table; check or record on request."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--check", action="store_true", help="compare with the recorded files")
    modes.add_argument("--record", action="store_true", help="write the recorded files")
    arguments = parser.parse_args()
    summary, images = evaluate()
    print_table(summary)
    if arguments.record:
        (HERE / "expected.json").write_text(json.dumps(summary, indent=1) + "\n")
        (HERE / "expected.csv").write_text(csv_text(images))
    if arguments.check:
        problems = differences(summary, images)
        print("\n".join(problems), file=sys.stderr)
        sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
