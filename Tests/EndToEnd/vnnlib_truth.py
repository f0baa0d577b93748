"""VNN-LIB files, networks of dense layers and ReLU, and outputs of ONNX Runtime, for checks of counterexamples. Exact:
numbers of files are rationals, and so are the networks' outputs. Shares nothing with the compiler."""

import re
from fractions import Fraction

import numpy as np
import onnx
import onnxruntime


def expressions(text):
    """The S-expressions of a text, as nested lists of words."""
    stack = [[]]
    for word in re.findall(r"[()]|[^\s()]+", re.sub(r";[^\n]*", "", text)):
        if word == "(":
            stack.append([])
        elif word == ")":
            done = stack.pop()
            stack[-1].append(done)
        else:
            stack[-1].append(word)
    assert len(stack) == 1, "a parenthesis is missing"
    return stack[0]


class UnsafeSet:
    """The assertions of a file; `holds` says whether an input with its outputs is in the set."""

    def __init__(self, path):
        self._assertions = [e[1] for e in expressions(path.read_text()) if e[0] == "assert"]

    def holds(self, inputs, outputs, slack=Fraction(0)):
        """With rationals. Comparisons of outputs may be missed by `slack`; those of inputs may not."""
        return all(self._truth(e, inputs, outputs, slack) for e in self._assertions)

    def _truth(self, e, x, y, slack):
        head, *rest = e
        if head in ("and", "or"):
            return (all if head == "and" else any)(self._truth(part, x, y, slack) for part in rest)
        if head == "not":
            return not self._truth(rest[0], x, y, -slack)
        left, right = (self._value(term, x, y) for term in rest)
        if "Y_" not in str(rest):
            slack = 0
        return {
            "<=": left <= right + slack,
            ">=": left >= right - slack,
            "<": left < right + slack,
            ">": left > right - slack,
            "=": abs(left - right) <= slack,
        }[head]

    def _value(self, term, x, y):
        if isinstance(term, list):
            head, *rest = term
            values = [self._value(part, x, y) for part in rest]
            if head == "-":
                return -values[0] if len(values) == 1 else values[0] - sum(values[1:])
            if head == "+":
                return sum(values)
            product = values[0]
            for value in values[1:]:
                product = product * value if head == "*" else product / value
            return product
        if term[:2] in ("X_", "Y_"):
            return (x if term[0] == "X" else y)[int(term[2:])]
        return Fraction(term)


def exact_outputs(path, inputs):
    """The outputs of an ACAS Xu graph (Sub, Flatten, MatMul, Add, Relu) for rational inputs."""
    model = onnx.load(path)
    tensors = {t.name: onnx.numpy_helper.to_array(t) for t in model.graph.initializer}
    values = list(inputs)
    for node in model.graph.node:
        constants = [tensors[name].astype(np.float32) for name in node.input if name in tensors]
        if node.op_type == "MatMul":
            rows = constants[0].T.tolist()
            values = [sum(Fraction(w) * v for w, v in zip(row, values)) for row in rows]
        elif node.op_type in ("Add", "Sub"):
            sign = 1 if node.op_type == "Add" else -1
            flat = np.broadcast_to(constants[0].reshape(-1), len(values)).tolist()
            values = [v + sign * Fraction(c) for v, c in zip(values, flat)]
        elif node.op_type == "Relu":
            values = [max(v, Fraction(0)) for v in values]
        else:
            assert node.op_type == "Flatten", node.op_type
    return values


def runtime_outputs(path, inputs):
    """The float32 outputs of ONNX Runtime for float32 inputs."""
    options = onnxruntime.SessionOptions()
    # Some models list their weights as inputs; the warning about each says nothing here.
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    port = session.get_inputs()[0]
    shape = [size if isinstance(size, int) and size > 0 else 1 for size in port.shape]
    outputs = session.run(None, {port.name: np.asarray(inputs, dtype=np.float32).reshape(shape)})[0]
    return outputs.reshape(-1)
