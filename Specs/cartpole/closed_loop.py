"""Balance the pole with noisy sensors, once with the bare network and once with the emitted C.

    python3 closed_loop.py --generated DIR [--seeds N] [--levels L ...] [--check] [--record FILE]

DIR holds what `ordain` emitted for this specification: one header and one source. The script adds a few lines of C of
its own, compiles all of it to a shared library in a temporary directory, and calls it through ctypes. The bare network
is evaluated here in numpy from the weights in `cartpole.onnx`.

Noise model. At noise level L every control step adds independent Gaussian noise to all four channels of the
observation. The standard deviations at level 1 are `LEVEL_ONE` below; level L multiplies them by L. The environment
itself is undisturbed: the noise exists only in what the controller sees, and network and rules see the same noisy
numbers. Episode number s starts from gymnasium's reset seed s, and its noise sequence is fixed by s as well, so both
controllers meet the same start and the same sensor errors.

If the emitted code abstains, the harness repeats the previous action (push left on the first step) and counts it.
"""

import argparse
import ctypes
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import gymnasium
import numpy as np
import onnx
from onnx import numpy_helper

HERE = Path(__file__).resolve().parent
CONTROL_STEP = 0.02
POSITION_SIGMA = 0.02
# The velocity is what a controller gets from two position readings one step apart: sqrt(2) * sigma / step.
LEVEL_ONE = np.array([POSITION_SIGMA, np.sqrt(2) * POSITION_SIGMA / CONTROL_STEP, 0.005, 0.05])
LEVELS = [0.0, 0.5, 1.0, 2.0, 3.0]
REQUIRED_RATIO = 5.0

# Everything this script knows about the emitted interface stands in these two constants.
GENERATED_SOURCES = ["cartpole_policy.c"]
SHIM = """
#include <stdint.h>
#include "cartpole_policy.h"

int32_t closed_loop_choose(const float input[4]);

/* The chosen output's index: 0 push_left, 1 push_right, -1 where the program abstained. */
int32_t closed_loop_choose(const float input[4]) {
  struct cartpole_policy_result result;
  cartpole_policy_infer(input, &result);
  return result.choice;
}
"""


class RawNetwork:
    """The network of an ONNX file made of Gemm and Relu nodes, evaluated in float32.

    Every sum runs over the inputs in order, starting from the bias, so the result does not depend on the machine's
    linear algebra library.
    """

    def __init__(self, path):
        graph = onnx.load(path).graph
        self.tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
        self.nodes = list(graph.node)

    def scores(self, observation):
        """The raw scores (push_left, push_right)."""
        value = observation
        for node in self.nodes:
            if node.op_type == "Relu":
                value = np.maximum(value, np.float32(0))
                continue
            weight, bias = (self.tensors[name] for name in node.input[1:])
            total = bias
            for column, x in zip(weight.T, value):
                total = total + column * x
            value = total
        return value

    def choose(self, observation):
        """The arg-max; the first output wins a tie, as `choose highest` has it."""
        return int(np.argmax(self.scores(observation)))


class EmittedProgram:
    """The emitted C, compiled and loaded; `build` is a directory that outlives this object."""

    def __init__(self, generated, build):
        generated, build = Path(generated).resolve(), Path(build)
        shim, library = build / "shim.c", build / "closed_loop.so"
        shim.write_text(SHIM)
        sources = [shim] + [generated / name for name in GENERATED_SOURCES]
        flags = ["-std=c99", "-O2", "-ffp-contract=off", "-fPIC", "-shared", "-I", generated]
        subprocess.run(["cc", *flags, "-o", library, *sources, "-lm"], check=True)
        self.call = ctypes.CDLL(str(library)).closed_loop_choose
        self.call.restype = ctypes.c_int32
        self.call.argtypes = [ctypes.POINTER(ctypes.c_float)]

    def choose(self, observation):
        """The emitted program's choice, -1 where it abstained."""
        return self.call(observation.ctypes.data_as(ctypes.POINTER(ctypes.c_float)))


def play(environment, seed, level, choose):
    """One episode; calls `choose(noisy observation, previous action)` and returns the episode's return."""
    sensor_errors = np.random.default_rng([seed, 1])  # gymnasium draws the start from default_rng(seed)
    observation, _ = environment.reset(seed=seed)
    total, action, finished = 0.0, 0, False
    while not finished:
        noise = level * LEVEL_ONE * sensor_errors.standard_normal(4)
        action = choose((observation + noise).astype(np.float32), action)
        observation, reward, terminated, truncated, _ = environment.step(action)
        total += float(reward)
        finished = terminated or truncated
    return total


def measure(network, program, level, seeds):
    """Mean returns of both controllers at one noise level, with how the emitted program behaved."""
    environment = gymnasium.make("CartPole-v1")
    decisions = changed = abstained = 0

    def repaired_choice(observation, previous):
        nonlocal decisions, changed, abstained
        decisions += 1
        choice = program.choose(observation)
        if choice < 0:
            abstained += 1
            return previous
        changed += choice != network.choose(observation)
        return choice

    raw = [play(environment, seed, level, lambda seen, _: network.choose(seen)) for seed in range(seeds)]
    repaired = [play(environment, seed, level, repaired_choice) for seed in range(seeds)]
    return {
        "level": level,
        "seeds": seeds,
        "raw": round(float(np.mean(raw)), 1),
        "repaired": round(float(np.mean(repaired)), 1),
        "ratio": round(float(np.mean(repaired) / np.mean(raw)), 2),
        "changed_percent": round(100 * changed / decisions, 1),
        "abstained": abstained,
    }


def print_table(rows):
    """The measurements as a Markdown table."""
    print("| noise level | sigma x, v, theta, omega | raw | repaired | ratio | decisions changed | abstained |")
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        x, v, theta, omega = row["level"] * LEVEL_ONE
        sigma = f"{x:.2f} m, {v:.2f} m/s, {theta:.4f} rad, {omega:.3f} rad/s"
        print(
            f"| {row['level']:g} | {sigma} | {row['raw']:.1f} | {row['repaired']:.1f} | {row['ratio']:.2f} "
            f"| {row['changed_percent']:.1f} % | {row['abstained']} |"
        )


def problems(row, expected):
    """What is wrong with the measurement at the highest noise level; empty if nothing is."""
    found = []
    if row["ratio"] < REQUIRED_RATIO:
        found.append(f"the repaired return is {row['ratio']:.2f} times the raw one, less than {REQUIRED_RATIO:g}")
    recorded = next((one for one in expected["rows"] if one["level"] == row["level"]), None)
    if recorded is None:
        found.append(f"no recorded figures for noise level {row['level']:g}")
        return found
    for name, tolerance in expected["relative_tolerance"].items():
        if abs(row[name] - recorded[name]) > tolerance * recorded[name]:
            found.append(f"mean return {name}: {row[name]:.1f}, recorded {recorded[name]:.1f}")
    return found


def main():
    """Measure, print the table, and check it where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--generated", type=Path, required=True, help="directory with the emitted header and source")
    parser.add_argument("--seeds", type=int, default=200, help="episodes for each controller and level (default 200)")
    parser.add_argument("--levels", type=float, nargs="+", help="noise levels (default: all, with --check the highest)")
    parser.add_argument("--check", action="store_true", help="exit 1 unless the highest level reads as recorded")
    parser.add_argument("--record", type=Path, help="write the figures to this JSON file")
    arguments = parser.parse_args()
    levels = arguments.levels or (LEVELS[-1:] if arguments.check else LEVELS)

    network = RawNetwork(HERE / "cartpole.onnx")
    with tempfile.TemporaryDirectory() as build:
        program = EmittedProgram(arguments.generated, build)
        rows = [measure(network, program, level, arguments.seeds) for level in levels]
    print_table(rows)

    if arguments.record:
        figures = {"relative_tolerance": {"raw": 0.2, "repaired": 0.05}, "rows": rows}
        arguments.record.write_text(json.dumps(figures, indent=2) + "\n")
    if arguments.check:
        expected = json.loads((HERE / "closed_loop_expected.json").read_text())
        found = problems(max(rows, key=lambda row: row["level"]), expected)
        for problem in found:
            print(f"closed_loop: {problem}", file=sys.stderr)
        if found:
            sys.exit(1)
        print(f"closed_loop: the highest noise level is at least {REQUIRED_RATIO:g} times better and reads as recorded")


if __name__ == "__main__":
    main()
