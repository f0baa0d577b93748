"""What a rounding analysis says of a float32 network: values in binary64 with a bound on the error of each element.

Works on the ONNX graph alone, with the onnx package's reference evaluator, and shares nothing with the compiler. A sum of
n products in any order has a relative error of at most gamma(n) of the sum of the absolute products (Higham, Accuracy and
Stability of Numerical Algorithms, 2nd edition, section 3.1), so the bounds hold for every implementation that rounds
each operation to nearest, and two of them differ by at most twice the bound.
"""

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnx.reference import ReferenceEvaluator

UNIT = 2.0**-24
# What underflow can add to a rounded operation.
TINY = 2.0**-149
# How far a float32 sigmoid may be from the exact one, in units of the last place of 1: generous for a runtime's
# vectorised approximation.
SIGMOID_UNITS = 16
SELECTING = {"Flatten", "Reshape", "Transpose", "Identity", "Concat", "Slice", "Gather", "Split", "Squeeze", "Unsqueeze",
             "Pad", "MaxPool", "ReduceMax", "ReduceMin"}


def gamma(count):
    return count * UNIT / (1 - count * UNIT)


class Unbounded(Exception):
    """An operator for which there is no bound here."""


class BoundedModel:
    def __init__(self, path):
        self.model = onnx.load(path)
        graph = self.model.graph
        self.opset = next(o.version for o in self.model.opset_import if o.domain in ("", "ai.onnx"))
        self.constants = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
        self.input = next(i.name for i in graph.input if i.name not in self.constants)

    def run(self, x):
        """The output in binary64 and the bound for each of its elements, for an exact float32 input."""
        values = {name: wide(value) for name, value in self.constants.items()}
        values[""] = None
        values[self.input] = wide(x)
        errors = {self.input: np.zeros_like(values[self.input])}
        for node in self.model.graph.node:
            inputs = [values[name] for name in node.input]
            outputs = [wide(output) for output in self.apply(node, inputs)]
            values.update(zip(node.output, outputs))
            if any(name in errors for name in node.input):
                found = [errors.get(name) for name in node.input]
                errors[node.output[0]] = self.error(node, inputs, found, outputs[0])
        output = self.model.graph.output[0].name
        return values[output], errors[output]

    def apply(self, node, inputs, bias=True):
        """The node's outputs for these inputs, by the reference evaluator."""
        if node.op_type == "Dropout":
            return [inputs[0]]
        names = [f"i{k}" if value is not None and (bias or k < 2) else "" for k, value in enumerate(inputs)]
        single = onnx.NodeProto()
        single.CopyFrom(node)
        del single.input[:]
        single.input.extend(names)
        infos = [helper.make_tensor_value_info(n, helper.np_dtype_to_tensor_dtype(v.dtype), v.shape)
                 for n, v in zip(names, inputs) if n]
        outputs = [helper.make_tensor_value_info(o, onnx.TensorProto.DOUBLE, None) for o in node.output if o]
        graph = helper.make_graph([single], "g", infos, outputs)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", self.opset)])
        return ReferenceEvaluator(model).run(None, {n: v for n, v in zip(names, inputs) if n})

    def error(self, node, inputs, errors, output):
        kind = node.op_type
        attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        if kind == "Relu":
            return np.where(inputs[0] + errors[0] <= 0, 0, errors[0])
        if kind in SELECTING | {"Dropout"}:
            # Elements move, or the larger or smaller is taken: an error is at most the largest among those.
            moved = [e if e is not None else np.zeros_like(v) if is_float(v) else v for v, e in zip(inputs, errors)]
            if kind in ("MaxPool", "ReduceMax", "ReduceMin", "Pad"):
                moved = [moved[0].max() + 0 * output] if kind != "MaxPool" else self.apply(node, moved)
                return moved[0]
            return self.apply(node, moved)[0]
        if kind in ("Gemm", "MatMul", "Conv"):
            x, w = (1, 0) if errors[0] is None else (0, 1)
            if errors[w] is not None:
                raise Unbounded(f"{kind} of two computed values")
            def product(left):
                operands = [None, None]
                operands[x], operands[w] = left, np.abs(inputs[w])
                return self.apply(node, operands, bias=False)[0]
            count = inputs[w].size // output.shape[1] if kind == "Conv" else inputs[w].shape[-1 if attributes.get("transB") else 0]
            bias = np.abs(inputs[2]) if len(inputs) > 2 and inputs[2] is not None else 0
            if kind == "Conv" and np.ndim(bias):
                bias = bias.reshape(-1, *[1] * (output.ndim - 2))
            through = product(errors[x])
            size = product(np.abs(inputs[x]) + errors[x]) + bias
            return through + gamma(count + 2) * size + (count + 1) * TINY
        size = np.abs(output)
        if kind in ("Add", "Sub"):
            return rounded(sum_of(errors), size)
        if kind == "Div" and errors[1] is None:
            return rounded(errors[0] / np.abs(inputs[1]), size)
        if kind == "Mul" and None in [e if e is None else 0 for e in errors]:
            k = 0 if errors[1] is None else 1
            return rounded(errors[k] * np.abs(inputs[1 - k]), size)
        if kind == "Sigmoid":
            return errors[0] / 4 + SIGMOID_UNITS * 2 * UNIT
        if kind in ("AveragePool", "GlobalAveragePool"):
            count = np.prod(attributes.get("kernel_shape", inputs[0].shape[2:]))
            mean = self.apply(node, [np.abs(inputs[0]) + errors[0]])[0]
            return self.apply(node, [errors[0]])[0] + gamma(count + 1) * mean + (count + 1) * TINY
        raise Unbounded(kind)


def is_float(value):
    return value is not None and value.dtype == np.float64


def wide(value):
    return value.astype(np.float64) if value.dtype == np.float32 else value


def sum_of(errors):
    total = 0
    for error in errors:
        total = total + (0 if error is None else error)
    return total


def rounded(error, size):
    """After one rounded operation whose exact result for exact operands has this size."""
    return error + UNIT * (size + error) + TINY
