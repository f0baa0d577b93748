"""CPU seconds of `ordain prove` on ACAS Xu instances, next to those of other verifiers.

    python Tests/Benchmarks/prover.py [--ordain PATH] [--repeat N] [--marabou PATH]

The instances are the published ones (VNN-COMP), with the data in ORDAIN_DATA. Seconds are those of the whole process, user and
system, on one thread: the least of N runs. The other verifiers' were measured once on the same kind of machine (Debian 12, two
cores, 2026-11; Marabou stopped after 60 CPU seconds, the others after 120) and are listed below. The bar is a third of the best
of them or 0.3 s, whichever is larger; where none of them ends, it is stated. Ends with 1 if a verdict or a bar is missed.

--marabou runs that program (`pip install maraboupy onnx onnxruntime` in an environment of its own: bin/Marabou) in turn with
ours, 60 CPU seconds each, instead of its listed figures.
"""

import argparse
import json
import math
import os
import pathlib
import re
import resource
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
OPEN = math.inf
# Network, property, truth, then seconds of nnenum, Marabou and alpha-beta-CROWN: OPEN if it crashed or ran out of time, None if
# it was not run.
INSTANCES = [
    ("1_1", 1, "holds", 2.9, 2.5, 40),
    ("1_1", 2, "holds", 4.9, 40, 77),
    ("1_1", 3, "holds", 9.8, OPEN, OPEN),
    ("1_1", 4, "holds", OPEN, 53, None),
    ("1_7", 2, "holds", 9.7, OPEN, None),
    ("3_3", 3, "holds", 2.3, 1.0, None),
    ("4_2", 2, "holds", 89, OPEN, OPEN),
    ("3_3", 2, "holds", 84, OPEN, None),
    ("1_1", 5, "holds", 13, OPEN, 51),
    ("1_1", 6, "holds", 65, OPEN, OPEN),
    ("3_3", 9, "holds", 25, OPEN, 80),
    ("4_5", 10, "holds", 4.6, OPEN, 60),
    ("1_2", 2, "violated", 2.4, 38, 86),
    ("1_7", 3, "violated", 1.9, 0.3, 12),
    ("1_9", 4, "violated", 2.0, 0.2, 10),
    ("1_9", 7, "violated", OPEN, OPEN, OPEN),
    ("2_9", 8, "violated", OPEN, OPEN, None),
]
STATED = {("4_2", 2): 60, ("3_3", 2): 60, ("1_1", 6): 25}


def run(command):
    """A program's output and its CPU seconds, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if not done.stdout:
        sys.exit(done.stderr)
    return done.stdout, seconds


def ordain(program, model, file):
    """The verdict and the seconds."""
    output, seconds = run(
        [program, "prove", "--vnnlib", file, "--model", model, "--jobs", 1, "--no-cache", "--format", "json"])
    return json.loads(output)["verdict"], seconds


def marabou(program, model, file, truth):
    """The seconds; OPEN if there is no verdict after 60."""
    output, seconds = run(["/bin/sh", "-c", 'ulimit -t 60; "$@"; echo', "sh", program, model, file])
    verdict = {"unsat": "holds", "sat": "violated"}.get(next(iter(re.findall(r"^(?:un)?sat\b", output, re.M)), None))
    if verdict not in (None, truth):
        print(f"Marabou says {verdict} of {model.name} {file.name}", flush=True)
    return seconds if verdict else OPEN


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--ordain", default=ROOT / ".build/release/ordain")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--marabou", help="the program, to be run as well")
    arguments = parser.parse_args()
    data = pathlib.Path(os.environ["ORDAIN_DATA"])
    missed = 0
    print("| instance | verdict | ordain | nnenum | Marabou | alpha-beta-CROWN | best / ordain | bar |")
    print("|---|---|---|---|---|---|---|---|")
    for network, number, truth, *peers in INSTANCES:
        model = data / f"acasxu/onnx/ACASXU_run2a_{network}_batch_2000.onnx"
        file = data / f"acasxu/vnnlib/prop_{number}.vnnlib"
        runs = [ordain(arguments.ordain, model, file) for _ in range(arguments.repeat)]
        seconds = min(second for _, second in runs)
        if arguments.marabou:
            peers[1] = marabou(arguments.marabou, model, file, truth)
        solved = [peer for peer in peers if peer not in (None, OPEN)]
        shown = ["" if peer is None else "open" if peer == OPEN else f"{peer:.3g}" for peer in peers]
        bar = STATED.get((network, number), max(min(solved) / 3, 0.3) if solved else None)
        is_met = {verdict for verdict, _ in runs} == {truth} and (bar is None or seconds <= bar)
        missed += not is_met
        ratio = f"{min(solved) / seconds:.0f}" if solved else ""
        cells = [f"{network} p{number}", runs[0][0], f"{seconds:.2f}", *shown, ratio]
        cells += [(f"{bar:.2f}" if bar else "solved") + ("" if is_met else " MISSED")]
        print("|", " | ".join(map(str, cells)), "|", flush=True)
    sys.exit(missed > 0)


if __name__ == "__main__":
    main()
