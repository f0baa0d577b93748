"""Writes certificates with `ordain lipschitz`, has them checked by `ordain-checkcert`, and compares what they list with
the ONNX graphs: dense layers' hashes with those of the models' own matrices, activations, and the bounds of pairs with
numpy's norms. Shares no code with either program."""

import argparse
import base64
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx

ACTIVATIONS = {"Relu": "relu", "Abs": "abs", "Tanh": "tanh", "Sigmoid": "sigmoid", "Clip": "clip"}


def graph_layers(model):
    """What the graph does, in order: matrices as (inputs, outputs), and the names of rules."""
    tensors = {t.name: onnx.numpy_helper.to_array(t) for t in model.graph.initializer}
    layers = []
    for node in model.graph.node:
        if node.op_type == "Gemm":
            attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            assert attributes.get("alpha", 1) == 1 and not attributes.get("transA", 0)
            matrix = tensors[node.input[1]]
            layers.append(matrix.T if attributes.get("transB", 0) else matrix)
        elif node.op_type == "MatMul":
            layers.append(tensors[node.input[1]])
        elif node.op_type == "Concat":
            layers.append("minMax")
        elif node.op_type in ACTIVATIONS:
            layers.append(ACTIVATIONS[node.op_type])
        else:
            assert node.op_type in {"Add", "Flatten", "Reshape", "ReduceMin", "ReduceMax", "Constant"}, node.op_type
    return layers


def check(ordain, path, folder):
    certificate = folder / "net.ordaincert"
    subprocess.run([ordain, "lipschitz", path, "--certificate", certificate], check=True, stdout=subprocess.DEVNULL)
    checked = subprocess.run(
        [str(ordain) + "-checkcert", certificate, "--model", path], check=True, stdout=subprocess.PIPE, text=True)
    hashes = checked.stdout.split("\n")[1:-1]
    file = json.loads(certificate.read_text())
    layers = graph_layers(onnx.load(path))

    assert file["model"] == hashlib.sha256(path.read_bytes()).hexdigest()
    matrices = [layer for layer in layers if not isinstance(layer, str)]
    own = [hashlib.sha256(np.ascontiguousarray(m).astype("<f4").tobytes()).hexdigest() for m in matrices]
    assert hashes == own, "the weights are not the model's"
    assert [layer["rule"] for layer in file["layers"]] == [l if isinstance(l, str) else "dense" for l in layers]

    constant = 1.0
    for layer, matrix in zip((l for l in file["layers"] if l["rule"] == "dense"), matrices):
        norm = np.linalg.norm(matrix.astype(np.float64), 2)
        bound = float.fromhex(layer["bound"])
        assert base64.b64decode(layer["weights"]) == np.ascontiguousarray(matrix).astype("<f4").tobytes()
        assert norm * (1 - 1e-12) <= bound <= norm * (1 + 1e-8), (norm, bound)
        constant *= norm if matrix is not matrices[-1] else 1
    constant *= 0.25 ** sum(layer["rule"] == "sigmoid" for layer in file["layers"])
    columns = matrices[-1].astype(np.float64).T
    for i, row in enumerate(file["pairwise"]):
        for j, number in enumerate(row):
            expected = constant * np.linalg.norm(columns[i] - columns[j])
            assert expected * (1 - 1e-12) <= float.fromhex(number) <= expected * (1 + 1e-7)
    print(f"{path}: {len(matrices)} dense layers, {certificate.stat().st_size} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ordain", type=Path, required=True, help="with `ordain-checkcert` beside it")
    parser.add_argument("models", type=Path, nargs="+")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for path in arguments.models:
            check(arguments.ordain, path, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
