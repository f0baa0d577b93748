"""Checks verdicts of `ordain prove` against published ones, and every counterexample on its own.

    prove.py --ordain PATH --data DIR [--full] [--vnn] [--timeout SECONDS] [--table FILE]

DIR holds `acasxu/` and, for --vnn, `vnn/` with their verdicts.

1. ACAS Xu, VNN-LIB and ONNX: a sample of the 186 instances; --full takes all, and then each has to be decided. A
   violation over the reals lies in the box and in the unsafe set exactly, with outputs in rationals (`vnnlib_truth`).
2. The specification Specs/acasxu: a violation is replayed by the emitted C, whose scores are to be those that were
   printed, bit for bit, and violate the property as `acasxu_oracle` says it.
3. A search that is interrupted, its cache's files tampered with, and resumed.
4. --vnn: the public models of other benchmarks, 120 CPU seconds each with --full, else 2; violations by ONNX Runtime.

Prints and writes (--table) a table in Markdown. Ends with 1 if a verdict or a counterexample is wrong.
"""

import argparse
import csv
import itertools
import json
import os
import subprocess
import sys
import tempfile
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import numpy as np

import acasxu_oracle as oracle
from emitted import compile_specification, load_all
from vnnlib_truth import UnsafeSet, exact_outputs, runtime_outputs

SPECIFICATION = Path(__file__).resolve().parents[2] / "Specs" / "acasxu" / "acasxu.ordain"
# How far ONNX Runtime's sums may be from those in the written order.
SLACK = Fraction(1, 10**4)
CODES = {"holds": 0, "violated": 1, "undecided": 3}


class Findings:
    """Collects the table's rows and what is wrong."""

    def __init__(self, table):
        self.wrong = 0
        # Why the last run printed no answer.
        self.refusal = ""
        self._table = table
        self.rows = []

    def require(self, holds, message):
        if not holds:
            self.wrong += 1
            print(f"FAILED: {message}", flush=True)

    def add(self, *row):
        self.rows.append(row)
        print(" | ".join(map(str, row)), flush=True)

    def write(self):
        if self._table is None:
            return
        lines = ["| instance | published | real | float | CPU s | boxes | reason |", "|---|---|---|---|---|---|---|"]
        lines += ["| " + " | ".join(map(str, row)) + " |" for row in self.rows]
        self._table.write_text("\n".join(lines) + "\n")


def prove(ordain, arguments, findings, cache=None):
    """The answers of one run, whose exit code has to be theirs; none for a model or file that is refused."""
    keeping = ["--no-cache"] if cache is None else ["--cache", str(cache)]
    command = [ordain, "prove", *map(str, arguments), "--format", "json", *keeping]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    answers = [json.loads(line) for line in finished.stdout.splitlines()]
    if not answers:
        refused = finished.returncode == 2 and finished.stderr.lstrip().startswith(("error[", "note[", "warning["))
        findings.require(refused, f"{command} ended with {finished.returncode}:\n{finished.stderr}")
        findings.refusal = finished.stderr.partition("error[")[2].split("\n")[0].replace("]:", "")
        return []
    verdicts = {answer["verdict"] for answer in answers}
    worst = next(v for v in ("violated", "undecided", "holds") if v in verdicts)
    findings.require(finished.returncode == CODES[worst], f"{command} ended with {finished.returncode}")
    return answers


def number(value):
    """A float32 of JSON as a rational, or a quotient."""
    return Fraction(value) if isinstance(value, str) else Fraction(float(np.float32(value)))


def check_vnnlib(ordain, file, model, published, timeout, findings, exact):
    """Asks about one instance; returns whether it was decided."""
    name = file.stem if file.stem.startswith(model.stem) else f"{model.stem} {file.stem}"
    answers = prove(ordain, ["--vnnlib", file, "--model", model, "--timeout", timeout], findings)
    if not answers:
        findings.add(name, published or "", "refused", "", "", "", findings.refusal)
        findings.require(not exact, f"{name} is refused")
        return False
    answer = answers[0]
    verdict, floats = answer["verdict"], answer["floatVerdict"]
    refuted = {"holds": "sat", "violated": "unsat"}.get(verdict)
    findings.require(published is None or published != refuted, f"{name}: {verdict}, published as {published}")
    reason = answer.get("reason") or answer.get("floatReason") or ""
    findings.add(name, published or "", verdict, floats, f"{answer['cpuSeconds']:.2f}", answer["boxes"], reason)
    findings.require(answer["cpuSeconds"] <= 1.2 * timeout + 5, f"{name}: {answer['cpuSeconds']} s of {timeout}")
    if "violated" not in (verdict, floats):
        return verdict != "undecided"
    given = answer["counterexample"]["inputs"]
    inputs = [number(given[f"X_{i}"]) for i in range(len(given))]
    unsafe = UnsafeSet(file)
    if exact and verdict == "violated":
        findings.require(unsafe.holds(inputs, exact_outputs(model, inputs)), f"{name}: the counterexample is none")
    rounded = np.array([float(value) for value in inputs], dtype=np.float32)
    outputs = runtime_outputs(model, rounded)
    near = unsafe.holds(inputs, [Fraction(float(y)) for y in outputs], SLACK)
    findings.require(near, f"{name}: the counterexample is none for ONNX Runtime")
    if floats == "violated" and "scores" in answer["counterexample"]:
        scores = answer["counterexample"]["scores"]
        shown = np.array([scores[f"Y_{i}"] for i in range(len(scores))], dtype=np.float32)
        findings.require(
            np.allclose(shown, outputs, rtol=1e-4, atol=1e-4), f"{name}: scores {shown}, ONNX Runtime's {outputs}")
        holds = unsafe.holds(inputs, [Fraction(float(y)) for y in shown])
        findings.require(holds or verdict == "violated", f"{name}: the printed scores are not in the set")
    return verdict != "undecided"


def acasxu(arguments, findings):
    """The instances of the benchmark."""
    folder = arguments.data / "acasxu"
    with (folder / "verdicts_open.csv").open() as file:
        published = {(row["onnx"], row["vnnlib"]): row["verdict"] for row in csv.DictReader(file)}
    with (folder / "instances.csv").open() as file:
        instances = [tuple(row[:2]) for row in csv.reader(file)]
    assert len(instances) == 186
    if not arguments.full:
        # Every eleventh of properties 1 to 4, the other properties, and a published violation of each kind.
        seen = [pair for pair in instances if published.get(pair) == "sat"]
        chosen = set(instances[:180:11] + instances[180:182] + instances[183:] + seen[::6])
        instances = [pair for pair in instances if pair in chosen]
    decided = 0
    for model, file in instances:
        decided += check_vnnlib(
            arguments.ordain, folder / "vnnlib" / file, folder / "onnx" / model, published.get((model, file)),
            arguments.timeout, findings, exact=True)
    seconds = sum(float(row[4]) for row in findings.rows)
    print(f"ACAS Xu: {decided} of {len(instances)} instances decided, {seconds:.1f} CPU seconds", flush=True)
    if arguments.full:
        findings.require(decided == len(instances), f"{len(instances) - decided} instances are undecided")


def specification(arguments, findings):
    """Violations of the specification's properties, by the emitted C."""
    networks = "N[*,*]" if arguments.full else "N[2..3,1..2]"
    answers = prove(
        arguments.ordain,
        [SPECIFICATION, "--models", arguments.data, "--network", networks, "--timeout", arguments.timeout], findings)
    text = SPECIFICATION.read_text()
    violated = [answer for answer in answers if answer["verdict"] == "violated"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = "\n".join(text[: text.index("\nenforce ")].splitlines()) + "\n"
        (folder / "plain.ordain").write_text(plain)
        compile_specification(
            arguments.ordain, folder / "plain.ordain", arguments.data, folder / "plain", "--network", networks)
        programs = load_all(folder / "plain", folder / "build")
        for answer in violated:
            place = f"{answer['network']} {answer['property']}"
            found, network = answer["counterexample"], tuple(int(n) for n in answer["network"][2:-1].split(","))
            point = np.array([[found["inputs"][k] for k in ("rho", "theta", "psi", "v_own", "v_int")]], np.float32)
            labels = ("coc", "weak_left", "weak_right", "strong_left", "strong_right")
            shown = np.array([[found["scores"][k] for k in labels]], np.float32)
            scores = programs[network].infer(point)["scores"]
            same = (scores.view(np.uint32) == shown.view(np.uint32)).all()
            findings.require(same, f"{place}: scores {shown}, the emitted C's {scores}")
            findings.require(oracle.UNSAFE[answer["property"]](scores).all(), f"{place}: the scores are safe")
            inside = oracle.inside(point, oracle.WIDE_BOXES[answer["property"]]).all()
            findings.require(inside, f"{place}: the input is outside the region")
    counts = {word: sum(answer["verdict"] == word for answer in answers) for word in CODES}
    seconds = sum(answer["cpuSeconds"] for answer in answers)
    print(f"specification: {counts}, {seconds:.1f} CPU seconds; {len(violated)} violations by the emitted C", flush=True)
    findings.require(violated, "the specification has violations")


def resumed(arguments, findings):
    """A search that was interrupted is resumed; files of the cache that were tampered with change no verdict."""
    folder = arguments.data / "acasxu"

    def ask(network, cache, seconds):
        question = ["--vnnlib", folder / "vnnlib/prop_2.vnnlib", "--timeout", seconds, "--jobs", 1]
        model = folder / f"onnx/ACASXU_run2a_{network}_batch_2000.onnx"
        return prove(arguments.ordain, [*question, "--model", model], findings, cache)[0]

    with tempfile.TemporaryDirectory() as name:
        cache = Path(name)
        whole = ask("4_2", None, 60)
        part = whole["cpuSeconds"] / 3
        first = ask("4_2", cache, part)
        other = ask("3_3", cache / "other", part)
        findings.require(first["verdict"] == other["verdict"] == "undecided", f"{part} seconds are too little")
        again = ask("4_2", cache, 60)
        findings.require(again["verdict"] == whole["verdict"] == "holds", "the resumed search has the same verdict")
        findings.require(
            again["boxes"] < whole["boxes"] and again["resumedBoxes"] > 0 and whole["resumedBoxes"] == 0,
            f"resumed searches need fewer boxes: {again['boxes']} of {whole['boxes']}")
        (kept,) = cache.glob("*.search")
        (strange,) = (cache / "other").glob("*.search")
        content = kept.read_bytes()
        tampered = [b"", content[:-1], content + b"0", content[: len(content) // 2], strange.read_bytes()]
        for position in (0, 20, 60, len(content) // 2, len(content) - 1):
            tampered.append(content[:position] + bytes([content[position] ^ 16]) + content[position + 1 :])
        for index, lie in enumerate(tampered):
            kept.write_bytes(lie)
            answer = ask("4_2", cache, 60)
            findings.require(answer["verdict"] == "holds", f"tampered file {index}: {answer['verdict']}")
        print(f"resumed: {again['boxes']} of {whole['boxes']} boxes", flush=True)


def touching(arguments, findings):
    """The largest score at the corners of a small box is reached, and 1e-17 more is not: bounds can't tell, exact leaves can."""
    middle = [Fraction(numerator, 64) for numerator in (38, 16, -7, -17, 20)]
    lower, upper = ([x + side * Fraction(1, 128) for x in middle] for side in (-1, 1))
    for network in ("1_1", "2_3", "4_5"):
        model = arguments.data / f"acasxu/onnx/ACASXU_run2a_{network}_batch_2000.onnx"
        largest = max(exact_outputs(model, list(corner))[0] for corner in itertools.product(*zip(lower, upper)))
        for limit, truth in ((largest, "violated"), (largest + Fraction(1, 10**17), "holds")):
            lines = [f"(declare-const {name}_{i} Real)" for name in "XY" for i in range(5)]
            for i in range(5):
                lines += [f"(assert (>= X_{i} {decimal(lower[i])}))", f"(assert (<= X_{i} {decimal(upper[i])}))"]
            with tempfile.NamedTemporaryFile("w", suffix=".vnnlib") as file:
                file.write("\n".join([*lines, f"(assert (>= Y_0 {decimal(limit)}))"]) + "\n")
                file.flush()
                (answer,) = prove(arguments.ordain, ["--vnnlib", file.name, "--model", model, "--timeout", 60], findings)
            findings.require(answer["verdict"] == truth, f"{network} at the limit: {answer['verdict']}, not {truth}")
            print(f"{network} at the limit: {answer['verdict']}, {answer['boxes']} boxes", flush=True)


def decimal(value):
    """A quotient by a power of two or ten in digits."""
    with localcontext(prec=2000):
        return format(Decimal(value.numerator) / Decimal(value.denominator), "f")


def vnn(arguments, findings):
    """The public models of other benchmarks."""
    folder = arguments.data / "vnn"
    timeout = 120 if arguments.full else 2
    with (folder / "verdicts.csv").open() as file:
        rows = list(csv.DictReader(file))
    decided = 0
    for row in rows if arguments.full else rows[::4]:
        decided += check_vnnlib(
            arguments.ordain, folder / row["vnnlib"], folder / row["onnx"], row["verdict"], timeout, findings,
            exact=False)
    # What each shows: chosen slopes and multipliers of splits (746,559 boxes in 120 seconds did not do without), and an
    # attack on all rows that are above zero (steps on the largest alone never got below 0.01).
    for verdict, boxes, name in [
        ("holds", 100, "mnist-net_256x2__prop_14_0.05.vnnlib"),
        ("violated", 1, "cifar10_small__networkcifar10_small_index1783_eps0.012_target9_orig8.vnnlib"),
    ]:
        (row,) = (row for row in rows if row["vnnlib"].endswith(name))
        question = ["--vnnlib", folder / row["vnnlib"], "--model", folder / row["onnx"], "--timeout", 60]
        (answer,) = prove(arguments.ordain, question, findings)
        findings.require(answer["verdict"] == verdict and answer["boxes"] < boxes, f"{name}: {answer}")
    print(f"public models: {decided} of {len(rows if arguments.full else rows[::4])} instances decided", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--ordain", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--full", action="store_true", default=bool(os.environ.get("ORDAIN_FULL")))
    parser.add_argument("--vnn", action="store_true", help="the public models of other benchmarks instead")
    parser.add_argument("--timeout", type=float, help="CPU seconds an instance (default: 20, with --full 120)")
    parser.add_argument("--table", type=Path)
    arguments = parser.parse_args()
    arguments.timeout = arguments.timeout or (120 if arguments.full else 20)
    findings = Findings(arguments.table)
    if arguments.vnn:
        vnn(arguments, findings)
    else:
        acasxu(arguments, findings)
        specification(arguments, findings)
        resumed(arguments, findings)
        touching(arguments, findings)
    findings.write()
    print(f"{findings.wrong} findings")
    return 1 if findings.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
