"""Times emitted C side by side with onnxruntime on one thread: median single inferences, interleaved in one run.

    python Tests/Benchmarks/peers.py [--ordain PATH] [--check] [MODEL ...]

Needs the packages of Tests/requirements.txt, gcc and clang, and the data in ORDAIN_DATA. Compare ratios of one run
only: a busy machine slows all of it. With --check the exit code is 1 where a ratio is above its bar.
"""

import argparse
import ctypes
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
import onnxruntime

DATA = pathlib.Path(os.environ["ORDAIN_DATA"])
ROOT = pathlib.Path(__file__).resolve().parents[2]
NATIVE = ["-march=native"]

# The highest ratio to onnxruntime that is accepted, and from which builds.
BARS = {
    "acasxu": (0.12, [("gcc", "native"), ("clang", "native")]),
    "mlp784": (0.55, [("gcc", "native"), ("clang", "native")]),
    "conv28": (0.9, [("gcc", "native"), ("clang", "native")]),
    "resnet8": (0.95, [("clang", "native")]),
    "mobile": (0.9, [("clang", "native")]),
}

TIMER = """
#define _POSIX_C_SOURCE 199309L
#include "{source}"
#include <time.h>
void infer(const float *input, float *output)
{{
  {call}
}}
void time_inferences(const float *input, float *output, int count, double *nanoseconds)
{{
  for (int i = 0; i < count; ++i) {{
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int k = 0; k < {repeats}; ++k) {{
      infer(input, output);
    }}
    clock_gettime(CLOCK_MONOTONIC, &end);
    nanoseconds[i] = ((end.tv_sec - start.tv_sec) * 1e9 + (end.tv_nsec - start.tv_nsec)) / {repeats};
  }}
}}
"""


def emit(ordain, name, model, folder, *options):
    """The emitted source of a model and the prefix of its names."""
    target = folder / name
    command = [ordain, "compile", "--model", model, "--name", name, "--prefix", f"bench_{name}", "-o", target]
    subprocess.run([*command, *options], check=True, stdout=subprocess.DEVNULL)
    source = target / f"bench_{name}.c"
    return source, source.stem


def build(source, prefix, compiler, flags):
    """The emitted code as a library that times itself."""
    text = source.read_text()
    parameters = re.search(rf"{prefix}_forward\(([^)]*)\)", text).group(1)
    call = f"{prefix}_forward(input, output);"
    if "scratch" in parameters:
        count = re.search(r"float scratch\[(\d+)\]", text).group(1)
        call = f"_Alignas(64) float scratch[{count}]; {prefix}_forward(input, output, scratch);"
    # Where an inference is shorter than the clock's resolution allows, several are timed together.
    repeats = 50 if "acas" in prefix else 1
    timer = source.with_name("timer.c")
    timer.write_text(TIMER.format(source=source, call=call, repeats=repeats))
    library = source.with_name(f"{compiler}{'_'.join(flags)}.so")
    options = ["-O3", "-std=gnu17", "-fPIC", "-shared", *flags]
    subprocess.run([compiler, *options, timer, "-o", library], check=True)
    return ctypes.CDLL(library)


def session(model):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def pointer(array, kind):
    return array.ctypes.data_as(ctypes.POINTER(kind))


def measure(ordain, name, model, folder, rounds=40, count=20):
    """Prints the medians; returns the ratio of each build."""
    source, prefix = emit(ordain, name, model, folder)
    libraries = {
        (compiler, kind): build(source, prefix, compiler, flags)
        for compiler in ("gcc", "clang")
        for kind, flags in (("baseline", []), ("native", NATIVE))
    }
    peer = session(model)
    shape = [size if isinstance(size, int) else 1 for size in peer.get_inputs()[0].shape]
    values = numpy.random.default_rng(1).uniform(-1, 1, shape).astype(numpy.float32)
    expected = peer.run(None, {peer.get_inputs()[0].name: values})[0].ravel()
    binding = peer.io_binding()
    binding.bind_ortvalue_input(
        peer.get_inputs()[0].name, onnxruntime.OrtValue.ortvalue_from_numpy(values)
    )
    binding.bind_output(peer.get_outputs()[0].name)

    times = {build_name: [] for build_name in libraries}
    peer_times = []
    buffer = numpy.zeros(count)
    scores = {}
    for _ in range(rounds):
        for build_name, library in libraries.items():
            output = numpy.zeros(expected.size, numpy.float32)
            library.time_inferences(
                pointer(values, ctypes.c_float),
                pointer(output, ctypes.c_float),
                count,
                pointer(buffer, ctypes.c_double),
            )
            times[build_name] += list(buffer / 1000)
            scores[build_name] = output
        for _ in range(count):
            start = time.perf_counter_ns()
            peer.run_with_iobinding(binding)
            peer_times.append((time.perf_counter_ns() - start) / 1000)

    reference = statistics.median(peer_times)
    medians = {build_name: statistics.median(values) for build_name, values in times.items()}
    error = max(abs(output - expected).max() for output in scores.values()) / abs(expected).max()
    same = len({output.tobytes() for output in scores.values()}) == 1
    print(f"{name}: onnxruntime {reference:.2f} us, bar {BARS[name][0]}", end="")
    for (compiler, kind), median in medians.items():
        print(f", {compiler} {kind} {median:.2f} us ({median / reference:.2f})", end="")
    print(f"; relative difference {error:.1e}, {'same' if same else 'DIFFERENT'} bits", flush=True)
    return {build_name: median / reference for build_name, median in medians.items()}, same


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--ordain", default=ROOT / ".build/release/ordain")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("models", nargs="*", metavar="MODEL", help=" ".join(BARS))
    arguments = parser.parse_args()
    models = {name: DATA / f"codegen/{name}.onnx" for name in BARS if name != "acasxu"}
    models["acasxu"] = DATA / "acasxu/onnx/ACASXU_run2a_1_1_batch_2000.onnx"
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for name in arguments.models or BARS:
            ratios, same = measure(arguments.ordain, name, models[name], pathlib.Path(folder))
            bar, builds = BARS[name]
            failed |= not same or any(ratios[build_name] > bar for build_name in builds)
    sys.exit(1 if arguments.check and failed else 0)


if __name__ == "__main__":
    main()
