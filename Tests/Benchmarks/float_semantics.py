"""Times emitted C under binary64-sums against the same network under contract-off: forward passes, interleaved in one run.

    python Tests/Benchmarks/float_semantics.py [--ordain PATH] [--check] [MODEL ...]

Needs the packages of Tests/requirements.txt, gcc and clang, and the data in ORDAIN_DATA. Compare ratios of one run
only: a busy machine slows all of it. With --check the exit code is 1 where a build with -O3 -march=native is above its
bar, or builds differ in their bits. Two is the least that can be asked where multipliers and adders both limit the time:
vector registers hold half as many binary64 numbers. Depthwise convolutions convert each number that they read as well.
"""

import argparse
import ctypes
import pathlib
import statistics
import sys
import tempfile

import numpy

from peers import DATA, NATIVE, ROOT, build, emit, pointer

# The model, its inputs and outputs, and the highest ratio that is accepted.
MODELS = {
    "mnist_8x128": (DATA / "lipschitz/cav2025_mnist_8x128/model.onnx", 784, 10, 2.0),
    "mlp784": (DATA / "codegen/mlp784.onnx", 784, 10, 2.0),
    "acasxu": (DATA / "acasxu/onnx/ACASXU_run2a_1_1_batch_2000.onnx", 5, 5, 2.0),
    "conv28": (DATA / "codegen/conv28.onnx", 784, 10, 2.0),
    "resnet8": (DATA / "codegen/resnet8.onnx", 3 * 32 * 32, 10, 2.0),
    "mobile": (DATA / "codegen/mobile.onnx", 3 * 32 * 32, 10, 2.0),
}
SEMANTICS = ("contract-off", "binary64-sums")


def measure(ordain, name, folder, rounds=60, count=5):
    """Prints the medians; returns whether all native builds keep the bar and all builds agree."""
    model, inputs, outputs, bar = MODELS[name]
    builds = [(c, kind) for c in ("gcc", "clang") for kind in ("baseline", "native")]
    libraries = {}
    for semantics in SEMANTICS:
        source, prefix = emit(ordain, name, model, folder / semantics, "--float-semantics", semantics)
        for compiler, kind in builds:
            flags = NATIVE if kind == "native" else []
            libraries[compiler, kind, semantics] = build(source, prefix, compiler, flags)
    values = numpy.random.default_rng(1).uniform(-1, 1, inputs).astype(numpy.float32)
    output = numpy.zeros(outputs, numpy.float32)
    buffer = numpy.zeros(count)
    times = {key: [] for key in libraries}
    scores = {semantics: set() for semantics in SEMANTICS}
    for _ in range(rounds):
        for key, library in libraries.items():
            library.time_inferences(
                pointer(values, ctypes.c_float),
                pointer(output, ctypes.c_float),
                count,
                pointer(buffer, ctypes.c_double),
            )
            times[key] += list(buffer / 1000)
            scores[key[2]].add(output.tobytes())
    medians = {key: statistics.median(values) for key, values in times.items()}
    line, kept = [], True
    for compiler, kind in builds:
        narrow, wide = (medians[compiler, kind, semantics] for semantics in SEMANTICS)
        line.append(f"{compiler} {kind} {narrow:.2f} -> {wide:.2f} us ({wide / narrow:.2f})")
        kept &= kind != "native" or wide / narrow <= bar
    same = all(len(found) == 1 for found in scores.values())
    print(f"{name}: bar {bar}, {', '.join(line)}; {'same' if same else 'DIFFERENT'} bits", flush=True)
    return kept and same


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--ordain", default=ROOT / ".build/release/ordain")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("models", nargs="*", metavar="MODEL", help=" ".join(MODELS))
    arguments = parser.parse_args()
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        for name in arguments.models or MODELS:
            kept &= measure(arguments.ordain, name, pathlib.Path(folder))
    sys.exit(1 if arguments.check and not kept else 0)


if __name__ == "__main__":
    main()
