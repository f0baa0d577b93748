"""The prover says and writes the same, byte for byte, on processors without AVX2 or fused operations.

    processors.py --ordain PATH [--full]

The kernels are compiled for several kinds of processor from one text, and promise the same bits on all. Here two questions
about networks of Specs/ are asked on this processor and under qemu, as a Nehalem (neither) and as a Haswell (both, no AVX-512):
the answers but for their times, and the files of the proofs, have to be equal, and the proofs are checked on each. The second
question, whose search splits neurons, takes the Nehalem a minute, which computes each fused operation in software: --full.
"""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile

import numpy as np

SPECS = pathlib.Path(__file__).resolve().parents[2] / "Specs"
PROCESSORS = {"here": [], "Nehalem": ["qemu-x86_64", "-cpu", "Nehalem"], "Haswell": ["qemu-x86_64", "-cpu", "Haswell"]}


def question(lower, upper, unsafe, outputs):
    """A VNN-LIB file: inputs between bounds, outputs of which one of the conditions holds."""
    lines = [f"(declare-const X_{i} Real)" for i in range(len(lower))]
    lines += [f"(declare-const Y_{i} Real)" for i in range(outputs)]
    for i, (low, high) in enumerate(zip(lower, upper)):
        lines += [f"(assert (>= X_{i} {low:.6f}))", f"(assert (<= X_{i} {high:.6f}))"]
    return "\n".join([*lines, "(assert (or " + " ".join(f"(and {part})" for part in unsafe) + "))"]) + "\n"


def questions(full):
    """One whose search splits inputs, and one that splits neurons."""
    pole = question([-0.5, -0.5, 0.1, 0.5], [0.5, 0.5, 0.2, 2], ["(>= (- Y_0 Y_1) -3)"], 2)
    yield "cartpole", pole
    if not full:
        return
    image = np.load(SPECS / "digits/test_inputs.npy")[0].ravel()
    label = int(np.load(SPECS / "digits/test_labels.npy")[0])
    rivals = [f"(>= Y_{k} Y_{label})" for k in (3, 9)]
    yield "digits", question(np.clip(image - 0.06, 0, 1), np.clip(image + 0.06, 0, 1), rivals, 10)


def run(command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--ordain", required=True)
    parser.add_argument("--full", action="store_true", default=bool(os.environ.get("ORDAIN_FULL")))
    arguments = parser.parse_args()
    ordain = arguments.ordain
    with tempfile.TemporaryDirectory() as temporary:
        for name, text in questions(arguments.full):
            file, model = pathlib.Path(temporary, f"{name}.vnnlib"), SPECS / name / f"{name}.onnx"
            file.write_text(text)
            said, proofs = {}, {}
            for processor, emulator in PROCESSORS.items():
                folder = pathlib.Path(temporary, name + processor)
                command = [*emulator, ordain, "prove", "--vnnlib", file, "--model", model, "--no-cache", "--jobs", 1]
                answer = json.loads(run([*command, "--format", "json", "--evidence", folder]))
                proof = pathlib.Path(answer.pop("evidence"))
                seconds = answer.pop("cpuSeconds")
                said[processor], proofs[processor] = answer, proof.read_bytes()
                run([*emulator, ordain, "check-proof", proof, "--model", model])
                print(f"{name} {processor}: {answer['verdict']}, {answer['boxes']} boxes, {seconds:.2f} CPU s", flush=True)
            for processor in PROCESSORS:
                assert said[processor] == said["here"], f"{name}: {processor} says {said[processor]}, not {said['here']}"
                assert proofs[processor] == proofs["here"], f"{name}: {processor} writes another proof"


if __name__ == "__main__":
    main()
