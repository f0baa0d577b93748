"""Compiles specifications with `ordain`, builds the emitted C as shared libraries, and calls them in batches."""

import ctypes
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

import numpy as np

FLAGS = ["-std=c99", "-O2", "-ffp-contract=off", "-fPIC", "-shared"]
SHIM = """
#include <stdint.h>
#include "{prefix}.h"
void batch(const float *inputs, int64_t count, {prefix}_result *results);
int64_t result_size(void);
void batch(const float *inputs, int64_t count, {prefix}_result *results) {{
  for (int64_t i = 0; i < count; i++) {{ {prefix}_infer(inputs + i * {upper}_INPUTS, results + i); }}
}}
int64_t result_size(void) {{ return (int64_t)sizeof({prefix}_result); }}
"""


def compile_specification(ordain, specification, data, output, *options):
    """Runs `ordain compile`; raises if it does not end with 0."""
    command = [ordain, "compile", specification, "--models", data, "--output", output, *options]
    finished = subprocess.run(command, capture_output=True, text=True)
    if finished.returncode != 0:
        raise SystemExit(f"`ordain compile` ended with {finished.returncode}:\n{finished.stderr}")


class EmittedProgram:
    """One emitted program, built and loaded.

    `infer` takes float32 inputs of shape (n, inputs) and returns records with the fields scores, choice, status, reason
    and active, straight from the C structure. `constants` holds the header's enumerators without the prefix.
    """

    def __init__(self, header, build):
        prefix, text = header.stem, header.read_text()
        upper = prefix.upper()
        self.constants = {name: int(value) for name, value in re.findall(rf"{upper}_(\w+) = (\d+)", text)}
        shim, library = build / f"{prefix}_batch.c", build / f"{prefix}.so"
        shim.write_text(SHIM.format(prefix=prefix, upper=upper))
        command = ["cc", *FLAGS, "-I", header.parent, "-o", library, shim, header.with_suffix(".c")]
        subprocess.run(command, check=True)
        self._library = ctypes.CDLL(str(library))
        self._record = np.dtype(
            [
                ("scores", np.float32, (self.constants["OUTPUTS"],)),
                ("choice", np.int32),
                ("status", np.int32),
                ("reason", np.int32),
                ("active", np.uint32, (self.constants["ACTIVE_WORDS"],)),
            ]
        )
        self._library.result_size.restype = ctypes.c_int64
        if self._library.result_size() != self._record.itemsize:
            raise SystemExit(f"{header.name}: the result structure is not laid out as this script expects")

    def infer(self, inputs):
        """The results of all rows."""
        inputs = np.ascontiguousarray(inputs, dtype=np.float32)
        assert inputs.ndim == 2 and inputs.shape[1] == self.constants["INPUTS"]
        results = np.full(len(inputs) * self._record.itemsize, 0x55, dtype=np.uint8).view(self._record)
        pointers = [array.ctypes.data_as(ctypes.c_void_p) for array in (inputs, results)]
        self._library.batch(pointers[0], ctypes.c_int64(len(inputs)), pointers[1])
        return results

    def active(self, results, name):
        """Whether the emitted code says that the property `name` is active, for each result."""
        position = self.constants["PROPERTY_" + name.upper()]
        return (results["active"][:, position // 32] >> np.uint32(position % 32) & 1).astype(bool)


def load_all(folder, build):
    """Every program in `folder` by (prev, tau), the numbers at the end of its name; built on all cores."""
    build.mkdir(parents=True)
    headers = sorted(folder.glob("*.h"))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        programs = pool.map(lambda header: EmittedProgram(header, build), headers)
        return {tuple(int(n) for n in header.stem.split("_")[-2:]): p for header, p in zip(headers, programs)}
