"""Every open model in ORDAIN_DATA against onnxruntime: imported, compiled with `ordain compile --model`, built with the C
compiler, run on generated inputs and on those of the reference outputs.

    python models.py --ordain .build/release/ordain [--data DIR] [--table FILE]

Fails if a model that ought to be imported is not, if another is, if a result differs from onnxruntime's by more than 1e-4
relative to the largest score, or if it differs from the network's exact value by more than the rounding analysis of
`model_bounds.py` allows. --table writes the table of the article Models.
"""

import argparse
import csv
import ctypes
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np
import onnx
import onnxruntime

from model_bounds import BoundedModel, Unbounded

RUNS = 24
TOLERANCE = 1e-4
REFUSED = {
    "vnn/cgan/cGAN_imgSz32_nCh_1.onnx": "an image generator: ConvTranspose",
}
FLAGS = ["-std=c99", "-O2", "-ffp-contract=off", "-fPIC", "-shared"]
SHIM = """
#include "net.h"
int run(const float *inputs, int count, float *scores);
int run(const float *inputs, int count, float *scores) {
  net_result result;
  for (int i = 0; i < count; i++) {
    net_infer(inputs + i * NET_INPUTS, &result);
    if (result.status != NET_STATUS_OK) { return i + 1; }
    for (int j = 0; j < NET_OUTPUTS; j++) { scores[i * NET_OUTPUTS + j] = result.scores[j]; }
  }
  return 0;
}
"""


class Failure(Exception):
    pass


def compile_model(ordain, path, folder):
    """The function that the emitted C computes on rows of inputs; `Failure` with the diagnostics if it is refused."""
    command = [ordain, "compile", "--model", path, "--name", "net", "--prefix", "net", "--output", folder]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        raise Failure(finished.stderr.strip())
    (folder / "shim.c").write_text(SHIM)
    library = folder / "net.so"
    subprocess.run(["cc", *FLAGS, "-I", folder, "-o", library, folder / "shim.c", folder / "net.c"], check=True)
    header = (folder / "net.h").read_text()
    inputs, outputs = (int(re.search(rf"NET_{what} = (\d+)", header)[1]) for what in ("INPUTS", "OUTPUTS"))
    call = ctypes.CDLL(str(library)).run
    pointer = ctypes.POINTER(ctypes.c_float)

    def run(rows):
        rows = np.ascontiguousarray(rows.reshape(-1, inputs), dtype=np.float32)
        scores = np.zeros((len(rows), outputs), dtype=np.float32)
        failed = call(rows.ctypes.data_as(pointer), len(rows), scores.ctypes.data_as(pointer))
        if failed:
            raise Failure(f"no result for input {failed - 1}")
        return scores

    return run


def patterns(count):
    """The made-up inputs of vnn/reference_outputs.csv."""
    i = np.arange(count)
    return {"const0.5": np.full(count, 0.5), "ramp": i / count, "saw": ((7 * i) % 11) / 11}


def relative(scores, reference):
    """The largest difference in each row, relative to its largest score."""
    return np.abs(scores - reference.astype(np.float64)).max(axis=-1) / np.abs(reference).max(axis=-1)


class Check:
    def __init__(self, name, path, ordain, references):
        self.name = name
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        (self.input,) = session.get_inputs()
        self.shape = [d if isinstance(d, int) and d > 0 else 1 for d in self.input.shape]
        with tempfile.TemporaryDirectory() as folder:
            run = compile_model(ordain, path, pathlib.Path(folder))
            count = int(np.prod(self.shape))
            random = np.random.default_rng(sum(map(ord, name)))
            rows = np.concatenate([
                random.uniform(-1, 1, (RUNS, count)), np.array(list(patterns(count).values()))]).astype(np.float32)
            scores = run(rows)
            runtime = np.array([session.run(None, {self.input.name: r.reshape(self.shape)})[0].flatten() for r in rows])
            self.relative = relative(scores, runtime).max()
            self.compare_bounds(path, rows, scores, runtime)
            self.compare_references(run, references)

    def compare_bounds(self, path, rows, scores, runtime):
        """How much of the rounding analysis' bound the differences use up, and who is how far from the exact scores."""
        model = BoundedModel(path)
        worst = int(np.argmax(relative(scores, runtime)))
        self.ours = self.both = 0.0
        self.exact = None
        try:
            for index in [worst, *range(len(rows) - 5, len(rows))]:
                value, bound = (v.flatten() for v in model.run(rows[index].reshape(self.shape)))
                self.ours = max(self.ours, np.max(np.abs(scores[index] - value) / bound))
                self.both = max(self.both, np.max(np.abs(scores[index] - runtime[index].astype(np.float64)) / (2 * bound)))
                self.exact = self.exact or [relative(s[index], value) for s in (scores, runtime)]
        except Unbounded as error:
            self.ours = self.both = None
            print(f"  no bound: {error}")

    def compare_references(self, run, references):
        """The published outputs: (input, expected scores, how far these may be off, as a part of the largest)."""
        for row, expected, bound in references:
            score = run(row)[0].astype(np.float64)
            if np.any(np.abs(score[: len(expected)] - expected) > bound(row, expected)):
                raise Failure(f"published outputs {expected} differ from {score}")

    def verify(self):
        if not self.relative <= TOLERANCE:
            raise Failure(f"differs from onnxruntime by {self.relative:.1e}")
        for part in (self.ours, self.both):
            if part is not None and not part <= 1:
                raise Failure(f"differs by {part:.2f} times what rounding explains")


def published(data):
    """The outputs in the data's CSV files, for each model."""
    found = {}
    models = {}

    def rounding(path, shape=None):
        def bound(row, expected):
            model = models.setdefault(path, BoundedModel(path))
            shape = [d.dim_value or 1 for d in next(
                i for i in model.model.graph.input if i.name == model.input).type.tensor_type.shape.dim]
            return model.run(row.astype(np.float32).reshape(shape))[1].flatten()[: len(expected)]
        return bound

    for entry in csv.DictReader(open(data / "vnn/reference_outputs.csv")):
        row = patterns(int(entry["n_in"]))[entry["input"]].astype(np.float32)
        expected = np.array([float(v) for v in entry["first16_outputs_float32_ort"].split()])
        bound = rounding(data / "vnn" / entry["onnx"])
        # The runtime rounds as well.
        found.setdefault(f"vnn/{entry['onnx']}", []).append((row, expected, lambda r, e, b=bound: 2 * b(r, e)))
    for entry in csv.DictReader(open(data / "acasxu/reference_outputs.csv")):
        row = np.array([float(entry[f"x{i}"]) for i in range(5)], dtype=np.float32)
        exact = np.array([float(entry[f"y{i}_exact"]) for i in range(5)])
        path = data / "acasxu/onnx" / entry["onnx"]
        found.setdefault(f"acasxu/onnx/{entry['onnx']}", []).append((row, exact, rounding(path)))
    return found


def description(path):
    model = onnx.load(path, load_external_data=False)
    counts = {}
    for node in model.graph.node:
        counts[node.op_type] = counts.get(node.op_type, 0) + 1
    return ", ".join(f"{name} {count}" if count > 1 else name for name, count in counts.items() if name != "Constant")


def table(rows):
    lines = ["| Model | Operators | Compiles | Difference from onnxruntime |", "|---|---|---|---|"]
    for name, operators, verdict, difference in rows:
        count = ", 45 files" if "*" in name else ""
        lines.append(f"| `{name}`{count} | {operators} | {verdict} | {difference} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ordain", required=True)
    parser.add_argument("--data", default=os.environ.get("ORDAIN_DATA"))
    parser.add_argument("--table")
    parser.add_argument("--only", help="a part of the names of the models to check")
    arguments = parser.parse_args()
    data = pathlib.Path(arguments.data)
    # Not its remarks on initializers that are inputs as well.
    onnxruntime.set_default_logger_severity(3)
    references = published(data)
    rows, failures, acas = [], 0, []
    worst = 0.0
    for path in sorted(data.glob("**/*.onnx")):
        name = str(path.relative_to(data))
        if arguments.only and arguments.only not in name:
            continue
        difference, verdict = "", "yes"
        try:
            check = Check(name, path, arguments.ordain, references.get(name, []))
            check.verify()
            worst = max(worst, check.relative)
            difference = f"{check.relative:.1e}"
            bound = "" if check.ours is None else (
                f", where ours is {check.exact[0]:.1e} and onnxruntime's {check.exact[1]:.1e} from exact; "
                f"{check.ours:.1e} of the rounding bound ({check.both:.1e} of both)")
            print(f"{name}: {difference} relative{bound}")
            if name in REFUSED:
                raise Failure("is compiled, though the list says that it is refused")
        except Failure as failure:
            verdict = f"no: {REFUSED.get(name, failure)}"
            print(f"{name}: {verdict}")
            if name not in REFUSED or "ORD0605" not in str(failure):
                failures += 1
                print(failure)
        if name.startswith("acasxu/"):
            acas.append(check.relative if verdict == "yes" else float("nan"))
        else:
            rows.append((name, description(path), verdict, difference))
    if acas:
        example = sorted(data.glob("acasxu/onnx/*.onnx"))[0]
        rows.insert(0, ("acasxu/onnx/*.onnx", description(example), "yes", f"{max(acas):.1e}"))
    print(f"worst relative difference: {worst:.1e}")
    if arguments.table:
        pathlib.Path(arguments.table).write_text(table(rows))
    if failures:
        sys.exit(f"{failures} models failed")


if __name__ == "__main__":
    main()
