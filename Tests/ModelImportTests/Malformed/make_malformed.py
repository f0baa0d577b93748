"""Writes the model files of the folders beside this script; `expected.txt` is written by the test itself.

Needs the PyPI packages onnx and numpy, in an environment of its own:

    python3 -m venv .venv && .venv/bin/pip install onnx numpy && .venv/bin/python make_malformed.py

Then accept the diagnostics and read what changed:

    ORDAIN_ACCEPT=1 swift test --filter ModelImportTests && git diff
"""

import math
import pathlib

import numpy as np
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).parent
FLOAT = TensorProto.FLOAT


def write(case, data, extension="onnx"):
    folder = HERE / case
    folder.mkdir(exist_ok=True)
    (folder / f"model.{extension}").write_bytes(data)


def tensor(name, values, dtype=np.float32):
    return numpy_helper.from_array(np.array(values, dtype=dtype), name)


def info(name, shape, element=FLOAT):
    return helper.make_tensor_value_info(name, element, shape)


def model(nodes, constants=(), inputs=None, outputs=None, opset=13, **others):
    graph = helper.make_graph(
        nodes, "g", inputs if inputs is not None else [info("x", [1, 2])],
        outputs if outputs is not None else [info("y", [1, 2])], list(constants))
    made = helper.make_model(graph, **others)
    del made.opset_import[:]
    if opset is not None:
        made.opset_import.append(helper.make_opsetid("", opset))
    made.producer_version = made.producer_name = ""
    return made


def node(operator, inputs, outputs, name="", **attributes):
    return helper.make_node(operator, inputs, outputs, name=name, **attributes)


SQUARE = tensor("w", [[1, 2], [3, 4]])
LAYER = node("MatMul", ["x", "w"], ["y"], "layer")


def save(case, *arguments, **keywords):
    write(case, model(*arguments, **keywords).SerializeToString(deterministic=True))


def with_tensor(case, change):
    """A single layer whose weights are damaged by `change`."""
    weights = TensorProto()
    weights.CopyFrom(SQUARE)
    change(weights)
    save(case, [LAYER], [weights])


def containers():
    valid = model([LAYER], [SQUARE]).SerializeToString(deterministic=True)
    write("notAModel", b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n")
    write("truncated", valid[:-9])
    write("emptyFile", b"")
    write("unknownFormat", valid, "pt")
    save("opsetTooOld", [LAYER], [SQUARE], opset=6)
    save("opsetTooNew", [LAYER], [SQUARE], opset=1000)
    save("opsetMissing", [LAYER], [SQUARE], opset=None)


def tensors():
    def external(t):
        t.ClearField("raw_data")
        t.data_location = TensorProto.EXTERNAL
        t.external_data.add(key="location", value="weights.bin")

    def claim(*dims):
        def change(t):
            del t.dims[:]
            t.dims.extend(dims)
        return change

    def raw(data):
        def change(t):
            t.raw_data = data
        return change

    def twice(t):
        t.float_data.extend([1, 2, 3, 4])

    def segment(t):
        t.segment.begin = 0

    with_tensor("externalData", external)
    with_tensor("tensorClaimsTooMuch", claim(50_000, 50_000))
    with_tensor("tensorClaimOverflows", claim(2**62, 2**62))
    with_tensor("negativeDimension", claim(-2, -2))
    with_tensor("rawDataLength", raw(b"\0" * 15))
    with_tensor("dataTwice", twice)
    with_tensor("segment", segment)
    save("float64Weights", [LAYER], [tensor("w", [[1, 2], [3, 4]], np.float64)])
    save("float16Weights", [LAYER], [tensor("w", [[1, 2], [3, 4]], np.float16)])
    save("int64Weights", [LAYER], [tensor("w", [[1, 2], [3, 4]], np.int64)])
    save("nonFiniteWeight", [LAYER], [tensor("w", [[1, np.nan], [np.inf, 4]])])
    save("emptyWeights", [LAYER], [tensor("w", np.zeros((2, 0)))])
    sparse = model([LAYER])
    sparse.graph.sparse_initializer.add().values.CopyFrom(tensor("w", [1.0]))
    write("sparseWeights", sparse.SerializeToString(deterministic=True))


def graphs():
    save("cycle", [node("Add", ["x", "b"], ["a"], "first"), node("Relu", ["a"], ["b"], "second"),
                   node("Relu", ["b"], ["y"])])
    save("undefinedValues", [node("Add", ["x", "nowhere"], ["a"], "first"),
                             node("Add", ["a", "gone"], ["y"])])
    save("undefinedOutput", [node("Relu", ["x"], ["z"])])
    save("twoInputs", [node("Add", ["x", "z"], ["y"])], inputs=[info("x", [1, 2]), info("z", [1, 2])])
    save("twoOutputs", [node("Relu", ["x"], ["y"])], outputs=[info("y", [1, 2]), info("x", [1, 2])])
    save("noInputOrOutput", [node("Relu", ["x"], ["y"])], inputs=[], outputs=[])
    save("definedTwice", [node("Relu", ["x"], ["y"]), LAYER], [SQUARE])
    save("constantOutput", [LAYER], [SQUARE], outputs=[info("w", [2, 2])])
    save("batchOutput", [LAYER], [SQUARE], inputs=[info("x", [4, 2])])
    save("symbolicInnerDimension", [LAYER], [SQUARE], inputs=[info("x", ["batch", "features"])])
    save("inputTooLarge", [node("Relu", ["x"], ["y"])], inputs=[info("x", [1, 2**40, 2**40])])
    save("valuesTooLarge", [node("Relu", ["x"], ["a"]), node("Relu", ["a"], ["y"], "second")],
         inputs=[info("x", [1, 2**25])])
    save("integerInput", [node("Relu", ["x"], ["y"])], inputs=[info("x", [1, 2], TensorProto.INT64)])
    save("inputWithoutShape", [node("Relu", ["x"], ["y"])], inputs=[info("x", None)])
    sequence = helper.make_tensor_sequence_value_info("x", FLOAT, None)
    save("inputIsNoTensor", [node("Relu", ["x"], ["y"])], inputs=[sequence])


def operators():
    save("unsupportedOperators", [node("ConvTranspose", ["x", "w"], ["a"], "conv1"), node("Relu", ["a"], ["b"]),
                                  node("Sin", ["x"], ["c"]), node("Add", ["b", "c"], ["y"])], [SQUARE])
    save("otherDomain", [node("Gelu", ["x"], ["y"], "act", domain="com.microsoft")])
    function = helper.make_function("", "Relu", ["a"], ["b"], [node("Neg", ["a"], ["b"])],
                                    [helper.make_opsetid("", 13)])
    save("functionHidesOperator", [node("Relu", ["x"], ["y"])], functions=[function])
    save("controlCharactersInName", [node("Sin", ["x"], ["y"], "a\n*/ \x1b[31m" + "b" * 200)])
    save("twoNodeOutputs", [node("Relu", ["x"], ["y", "z"])])
    save("missingOperand", [node("Gemm", ["x"], ["y"], "gemm")])
    save("softmaxInside", [node("Softmax", ["x"], ["a"]), node("Relu", ["a"], ["y"])])
    save("softmaxOverBatch", [node("Softmax", ["x"], ["y"], axis=0)])
    save("gemmAlphaRounds", [node("Gemm", ["x", "w"], ["y"], "gemm", alpha=0.1)], [SQUARE])
    save("gemmConstantFirst", [node("Gemm", ["w", "x"], ["y"], "gemm")], [SQUARE])
    save("gemmComputedBias", [node("Gemm", ["x", "w", "x"], ["y"], "gemm")], [SQUARE])
    save("gemmBiasShape", [node("Gemm", ["x", "w", "c"], ["y"], "gemm")], [SQUARE, tensor("c", [1, 2, 3])])
    save("gemmOfVector", [node("Gemm", ["x", "w"], ["y"], "gemm")], [SQUARE], inputs=[info("x", [2])])
    save("matMulShapes", [LAYER], [tensor("w", [[1, 2]] * 3)])
    save("matMulOfTwoComputed", [node("MatMul", ["x", "x"], ["y"])], inputs=[info("x", [2, 2])])
    save("matMulOfConstantBatches", [node("MatMul", ["w", "x"], ["y"])], [tensor("w", np.ones((2, 2, 2)))],
         inputs=[info("x", [2, 1])])
    save("broadcastEnlarges", [node("Add", ["x", "c"], ["y"])], [tensor("c", [[1, 2], [3, 4]])])
    save("computedShapesDiffer", [node("Concat", ["x", "x", "x"], ["a"], axis=1), node("Sub", ["x", "a"], ["y"], "sub")])
    save("constantShapeDiffers", [node("Sub", ["x", "c"], ["y"], "sub")], [tensor("c", [1, 2, 3])])
    for operator in ["If", "RNN", "Attention", "QuantizeLinear", "ArgMax", "Bernoulli"]:
        save(f"operator{operator}", [node(operator, ["x"], ["y"])])
    save("divisionByZero", [node("Div", ["x", "c"], ["y"], "div")], [tensor("c", [1, 0])])
    save("reshapeImpossible", [node("Reshape", ["x", "s"], ["y"])], [tensor("s", [3, -1], np.int64)])
    save("reshapeToComputed", [node("Reshape", ["x", "x"], ["y"])])
    save("flattenAxis", [node("Flatten", ["x"], ["y"], axis=5)])
    save("unknownAttribute", [node("Add", ["x", "x"], ["y"], "old", broadcast=1)])
    save("attributeType", [node("Flatten", ["x"], ["y"], axis=1.0)])
    twice = node("Flatten", ["x"], ["y"], axis=1)
    twice.attribute.append(twice.attribute[0])
    save("attributeTwice", [twice])
    inside = node("Flatten", ["x"], ["y"], axis=1)
    inside.attribute[0].ref_attr_name = "outer"
    save("attributeOfFunction", [inside])
    save("constantWithoutValue", [node("Constant", [], ["c"], "empty"), node("Add", ["x", "c"], ["y"])])
    save("constantNotFinite", [node("Constant", [], ["c"], "c", value_floats=[1.0, float("inf")]),
                               node("Add", ["x", "c"], ["y"])])


def folding():
    def folded(case, nodes, constants, opset=13):
        save(case, nodes + [node("Add", ["x", "a"], ["y"])], constants, opset=opset)

    c, n = tensor("c", [1, 2]), tensor("n", [1, 2], np.int64)
    folded("foldTypes", [node("Mul", ["c", "n"], ["a"], "fold")], [c, n])
    folded("foldShapes", [node("Mul", ["c", "d"], ["a"], "fold")], [c, tensor("d", [1, 2, 3])])
    folded("foldDivisionByZero", [node("Div", ["n", "d"], ["a"], "fold")], [n, tensor("d", [1, 0], np.int64)])
    folded("foldFloatDivisionByZero", [node("Div", ["c", "d"], ["a"], "fold")], [c, tensor("d", [1, 0])])
    folded("foldOverflow", [node("Add", ["n", "n"], ["a"], "fold")], [tensor("n", [2**63 - 1], np.int64)])
    folded("foldNarrowOverflow", [node("Mul", ["n", "n"], ["a"], "fold")], [tensor("n", [2**16], np.int32)])
    folded("foldRootOfNegative", [node("Sqrt", ["c"], ["a"], "fold")], [tensor("c", [-1, 2])])
    folded("foldRootOfInteger", [node("Sqrt", ["n"], ["a"], "fold")], [n])
    folded("foldNegativeOfLeast", [node("Neg", ["n"], ["a"], "fold")], [tensor("n", [-2**63], np.int64)])
    folded("castRounds", [node("Cast", ["d"], ["a"], "cast", to=TensorProto.FLOAT)], [tensor("d", [0.1], np.float64)])
    folded("castToFloat16", [node("Cast", ["c"], ["a"], "cast", to=TensorProto.FLOAT16)], [c])
    folded("castOfComputed", [node("Cast", ["x"], ["a"], "cast", to=TensorProto.INT64)], [])
    folded("compareComputed", [node("Less", ["x", "c"], ["b"], "less"), node("Where", ["b", "c", "c"], ["a"])], [c])
    folded("notOfFloats", [node("Not", ["c"], ["a"], "not")], [c])
    folded("andOfFloats", [node("And", ["c", "c"], ["a"], "and")], [c])
    folded("modOfFloats", [node("Mod", ["c", "c"], ["a"], "mod", fmod=1)], [c])
    folded("whereOnFloats", [node("Where", ["c", "c", "c"], ["a"], "where")], [c])
    folded("whereTypes", [node("Where", ["b", "c", "n"], ["a"], "where")], [tensor("b", [True], bool), c, n])
    folded("rangeWithoutEnd", [node("Range", ["s", "n", "s"], ["a"], "range")],
           [tensor("s", 0, np.int64), tensor("n", 5, np.int64)])
    folded("rangeOfFloats", [node("Range", ["s", "n", "s"], ["a"], "range")], [tensor("s", 1), tensor("n", 5)])
    folded("rangeTooLarge", [node("Range", ["z", "n", "o"], ["a"], "range")],
           [tensor("z", 0, np.int64), tensor("n", 2**62, np.int64), tensor("o", 1, np.int64)])
    folded("constantOfShapeTooLarge", [node("ConstantOfShape", ["n"], ["a"], "zeros")],
           [tensor("n", [2**20, 2**20], np.int64)])
    folded("constantOfShapeNegative", [node("ConstantOfShape", ["n"], ["a"], "zeros")], [tensor("n", [-1], np.int64)])
    folded("constantOfShapeValues", [node("ConstantOfShape", ["n"], ["a"], "zeros", value=c)], [n])
    folded("expandTooLarge", [node("Expand", ["c", "n"], ["a"], "expand")], [c, tensor("n", [2**40, 2], np.int64)])
    folded("expandShape", [node("Expand", ["c", "n"], ["a"], "expand")], [c, tensor("n", [3], np.int64)])
    folded("gatherIndex", [node("Gather", ["c", "n"], ["a"], "gather")], [c, n])
    folded("gatherAxis", [node("Gather", ["c", "n"], ["a"], "gather", axis=1)], [c, n])
    folded("gatherComputedIndices", [node("Gather", ["c", "x"], ["a"], "gather")], [c])
    folded("gatherFloatIndices", [node("Gather", ["c", "c"], ["a"], "gather")], [c])
    folded("gatherTooLarge", [node("Gather", ["c", "n"], ["a"], "gather")],
           [tensor("c", np.zeros((2, 2**14))), tensor("n", np.zeros(2**13), np.int64)])
    folded("sliceSteps", [node("Slice", ["c", "n", "n", "z", "z"], ["a"], "slice")],
           [c, tensor("n", [1], np.int64), tensor("z", [0], np.int64)])
    folded("sliceLengths", [node("Slice", ["c", "n", "m"], ["a"], "slice")], [c, tensor("m", [1], np.int64), n])
    folded("sliceAxisTwice", [node("Slice", ["c", "n", "n", "z"], ["a"], "slice")], [c, n, tensor("z", [0, 0], np.int64)])
    folded("sliceInputsInOldSet", [node("Slice", ["c", "n", "n"], ["a"], "slice", starts=[0], ends=[1])], [c, n], opset=9)
    folded("concatShapes", [node("Concat", ["c", "d"], ["a"], "concat", axis=0)], [c, tensor("d", [[1.0]])])
    folded("concatTypes", [node("Concat", ["c", "n"], ["a"], "concat", axis=0)], [c, n])
    folded("concatWithoutAxis", [node("Concat", ["c", "c"], ["a"], "concat")], [c])
    folded("concatOfConstantAndComputed", [node("Concat", ["x", "d"], ["a"], "concat", axis=0)], [tensor("d", [[1.0, 2.0]])])
    folded("concatWithoutInput", [node("Concat", ["c", "", "c"], ["a"], "concat", axis=0)], [c])
    folded("splitSizes", [node("Split", ["c", "n"], ["a", "b"], "split")], [c, tensor("n", [1, 2], np.int64)])
    folded("splitUneven", [node("Split", ["c"], ["a", "b", "d"], "split")], [c])
    folded("splitBothWays", [node("Split", ["c", "n"], ["a", "b"], "split", num_outputs=2)],
           [c, tensor("n", [1, 1], np.int64)], opset=18)
    folded("transposePermutation", [node("Transpose", ["c"], ["a"], "transpose", perm=[1])], [c])
    folded("squeezeOfTwo", [node("Squeeze", ["c", "z"], ["a"], "squeeze")], [c, tensor("z", [0], np.int64)])
    folded("unsqueezeTwice", [node("Unsqueeze", ["c", "z"], ["a"], "unsqueeze")], [c, tensor("z", [0, 0], np.int64)])
    folded("axesAreFloats", [node("Unsqueeze", ["c", "c"], ["a"], "unsqueeze")], [c])
    folded("axesTwice", [node("Squeeze", ["c", "z"], ["a"], "squeeze", axes=[0])], [c, tensor("z", [0], np.int64)])
    folded("dropoutInTraining", [node("Dropout", ["x", "", "t"], ["a"], "dropout")], [tensor("t", True, bool)])
    folded("dropoutMaskRead", [node("Dropout", ["x"], ["b", "mask"], "dropout"), node("Add", ["b", "mask"], ["a"])], [])
    huge = tensor("h", np.zeros((2, 0)))
    huge.dims[:] = [2**40, 0, 2**40]
    folded("emptyTensorTooLarge", [node("Transpose", ["h"], ["a"], perm=[0, 2, 1])], [huge])


def layers():
    def layer(case, operator, names, constants, shape=(1, 3, 4, 4), outputs=("y",), opset=13, after=(), **attributes):
        save(case, [node(operator, names, list(outputs), "layer", **attributes), *after], constants,
             inputs=[info("x", list(shape))], opset=opset)

    w = tensor("w", np.ones((2, 3, 3, 3)))
    layer("convThreeDimensions", "Conv", ["x", "w"], [tensor("w", np.ones((2, 3, 3, 3, 3)))], shape=(1, 3, 4, 4, 4))
    layer("convBatch", "Conv", ["x", "w"], [w], shape=(2, 3, 4, 4))
    layer("convGroupsDoNotFit", "Conv", ["x", "w"], [w], group=3)
    layer("convGroupZero", "Conv", ["x", "w"], [w], group=0)
    layer("convComputedWeights", "Conv", ["x", "x"], [])
    layer("convBiasShape", "Conv", ["x", "w", "b"], [w, tensor("b", [1, 2, 3])])
    layer("convKernelShape", "Conv", ["x", "w"], [w], kernel_shape=[3, 2])
    layer("convNegativePads", "Conv", ["x", "w"], [w], pads=[0, 0, -1, 0])
    layer("convPadsCount", "Conv", ["x", "w"], [w], pads=[1, 1])
    layer("convZeroStride", "Conv", ["x", "w"], [w], strides=[1, 0])
    layer("convHugeDilation", "Conv", ["x", "w"], [w], dilations=[1, 2**62])
    layer("convHugePads", "Conv", ["x", "w"], [w], pads=[2**26, 2**26, 2**26, 2**26])
    layer("convAutoPadUnknown", "Conv", ["x", "w"], [w], auto_pad="SAME")
    layer("convAutoPadAndPads", "Conv", ["x", "w"], [w], auto_pad="VALID", pads=[1, 1, 1, 1])
    layer("convKernelTooLarge", "Conv", ["x", "w"], [tensor("w", np.ones((2, 3, 5, 5)))])
    layer("convDoubleWeights", "Conv", ["x", "w"], [tensor("w", np.ones((2, 3, 3, 3)), np.float64)])
    layer("convTranspose", "ConvTranspose", ["x", "w"], [w])
    layer("poolWithoutKernel", "MaxPool", ["x"], [])
    layer("poolIndices", "MaxPool", ["x"], [], outputs=("a", "y"), kernel_shape=[2, 2])
    layer("poolOnlyPadding", "MaxPool", ["x"], [], kernel_shape=[2, 2], pads=[2, 2, 2, 2])
    layer("poolCeilCounted", "AveragePool", ["x"], [], kernel_shape=[2, 2], strides=[3, 3], ceil_mode=1, count_include_pad=1)
    layer("globalPoolOfMatrix", "GlobalAveragePool", ["x"], [], shape=(1, 3))

    names = ["scale", "shift", "mean", "var"]
    statistics = [tensor(n, [1, 1, 1]) for n in names]
    layer("normalizationInTraining", "BatchNormalization", ["x", *names], statistics, training_mode=1, opset=15)
    layer("normalizationOutputs", "BatchNormalization", ["x", *names], statistics, outputs=("y", "m", "v", "s", "t"), opset=9)
    layer("normalizationNotSpatial", "BatchNormalization", ["x", *names], statistics, spatial=0, opset=7)
    layer("normalizationShape", "BatchNormalization", ["x", *names], [tensor(n, [1, 1]) for n in names])
    layer("normalizationVariance", "BatchNormalization", ["x", *names], statistics[:3] + [tensor("var", [1, -1, 1])])

    layer("padMode", "Pad", ["x", "p"], [tensor("p", [0] * 8, np.int64)], mode="reflect")
    layer("padCount", "Pad", ["x", "p"], [tensor("p", [0] * 6, np.int64)])
    layer("padCutsAll", "Pad", ["x", "p"], [tensor("p", [0, 0, -3, 0, 0, 0, -1, 0], np.int64)])
    layer("padHuge", "Pad", ["x", "p"], [tensor("p", [0, 0, 2**62, 0, 0, 0, 2**62, 0], np.int64)])
    layer("padOfConstant", "Pad", ["c", "p"], [tensor("c", [1, 2]), tensor("p", [0, 0], np.int64)])
    layer("sliceLeavesNothing", "Slice", ["x", "s", "s"], [tensor("s", [1], np.int64)])
    layer("gatherLeavesNothing", "Gather", ["x", "i"], [tensor("i", np.zeros(0), np.int64)])
    layer("splitLeavesNothing", "Split", ["x", "s"], [tensor("s", [0, 3], np.int64)], outputs=("a", "y"), axis=1)
    layer("reduceAxis", "ReduceMean", ["x"], [], axes=[4])
    layer("reduceAxesInput", "ReduceMean", ["x", "i"], [tensor("i", [1], np.int64)])
    layer("reduceOfConstant", "ReduceMax", ["c"], [tensor("c", [1, 2])])
    layer("expandComputedTooLarge", "Expand", ["x", "s"], [tensor("s", [2**30, 1, 1, 1], np.int64)])
    layer("geluApproximation", "Gelu", ["x"], [], approximate="fast", opset=20)
    layer("powOfExponents", "Pow", ["x", "c"], [tensor("c", [1, 2, 3, 4])])
    layer("powExponent", "Pow", ["x", "c"], [tensor("c", 0.3)])
    layer("powOfConstant", "Pow", ["c", "x"], [tensor("c", 2.0)])
    layer("poolSameDilations", "MaxPool", ["x"], [], kernel_shape=[2, 2], auto_pad="SAME_UPPER", dilations=[2, 1])
    layer("alphaIsNaN", "LeakyRelu", ["x"], [], alpha=math.nan)
    save("outputType", [node("Relu", ["x"], ["y"])], outputs=[info("y", [1, 2], TensorProto.INT64)])
    layer("clipBounds", "Clip", ["x", "c"], [tensor("c", [1, 2])])
    layer("clipComputedBound", "Clip", ["x", "x"], [])
    layer("celuAlpha", "Celu", ["x"], [], alpha=0.0)
    layer("celuNegativeAlpha", "Celu", ["x"], [], alpha=-1.0)
    layer("preluEnlarges", "PRelu", ["x", "c"], [tensor("c", np.ones((2, 3, 4, 4)))])
    layer("maxWithoutInput", "Max", ["x", "", "x"], [])

    sequence = [tensor("w", np.ones((1, 8, 3))), tensor("r", np.ones((1, 8, 2)))]
    def lstm(case, names=("x", "w", "r"), constants=(), shape=(4, 1, 3), outputs=("y",), **attributes):
        layer(case, "LSTM", list(names), sequence + list(constants), shape=shape, outputs=outputs, **attributes)

    lstm("lstmBatch", shape=(4, 2, 3))
    lstm("lstmDirection", direction="sideways")
    lstm("lstmActivations", activations=["Relu", "Tanh", "Tanh"])
    lstm("lstmClip", clip=1.0)
    lstm("lstmInputForget", input_forget=1)
    lstm("lstmHiddenSize", hidden_size=3)
    lstm("lstmWeights", shape=(4, 1, 5))
    lstm("lstmCells", outputs=("a", "b", "y"))
    lstm("lstmLengths", names=["x", "w", "r", "", "n"], constants=[tensor("n", [3], np.int32)])
    lstm("lstmPeepholes", names=["x", "w", "r", "", "", "", "", "p"], constants=[tensor("p", np.ones((1, 6)))])
    lstm("lstmTwoDirections", direction="bidirectional")


NNET = ["// two inputs, three neurons, two outputs", "2,2,2,3,", "2,3,2,", "0,", "-1.0,-2.0,", "1.0,2.0,",
        "0.0,0.5,1.25,", "1.0,2.0,10.0,", "1.0,2.0,", "3.0,4.0,", "5.0,6.0,", "0.1,", "0.2,", "0.3,",
        "1.0,2.0,3.0,", "4.0,5.0,6.0,", "0.5,", "-0.5,"]


def nnet(case, line=None, text=None, lines=None):
    lines = list(lines if lines is not None else NNET)
    if line is not None:
        lines[line - 1] = text
    data = b"\n".join(x if isinstance(x, bytes) else x.encode() for x in lines) + b"\n"
    write(case, data, "nnet")


def nnets():
    nnet("nnetEmpty", lines=["// nothing"])
    nnet("nnetSizesLine", 2, "2,2,2,")
    nnet("nnetLayerSizes", 3, "2,3,3,2,")
    nnet("nnetSizesDisagree", 3, "2,3,3,")
    nnet("nnetLargestLayer", 2, "2,2,2,2,")
    nnet("nnetHugeSize", 3, "2,99999999999999999999,2,")
    nnet("nnetClaimsTooMuch", lines=["2,2,2,60000000,", "2,60000000,2,"] + NNET[3:])
    nnet("nnetNegativeSize", 2, "2,-2,2,3,")
    nnet("nnetSymmetric", 4, "1,")
    nnet("nnetMinimumAboveMaximum", 6, "1.0,-3.0,")
    nnet("nnetRangeZero", 8, "1.0,0.0,10.0,")
    nnet("nnetMeansCount", 7, "0.0,0.5,")
    nnet("nnetNotANumber", 9, "1.0,nan,")
    nnet("nnetHexadecimal", 9, "1.0,0x10,")
    nnet("nnetInfinite", 9, "1.0,1e39,")
    nnet("nnetHugeExponent", 5, "-1.0,1e-9223372036854775808,")
    nnet("nnetEmptyField", 9, "1.0,,2.0,")
    nnet("nnetRowLength", 10, "3.0,4.0,5.0,")
    nnet("nnetTruncated", lines=NNET[:-1])
    nnet("nnetTrailingText", lines=NNET + ["1.0,"])
    nnet("nnetNotUTF8", 1, b"// caf\xe9")


for group in (containers, tensors, graphs, operators, folding, layers, nnets):
    group()
