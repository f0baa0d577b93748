"""Writes the model files of the folders beside this script and, in `reference.csv`, what the reference evaluator
of the onnx package computes for them; `expected.txt` is written by the test itself (see ../Malformed).

    python3 -m venv .venv && .venv/bin/pip install onnx numpy && .venv/bin/python make_well_formed.py
"""

import pathlib

import numpy as np
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

HERE = pathlib.Path(__file__).parent
RANDOM = np.random.default_rng(1)


def tensor(name, values, dtype=np.float32):
    return numpy_helper.from_array(np.array(values, dtype=dtype), name)


def random(name, *shape):
    return tensor(name, RANDOM.normal(size=shape))


def node(operator, inputs, outputs, name="", **attributes):
    return helper.make_node(operator, inputs, outputs, name=name, **attributes)


def save(case, nodes, constants=(), shape=(1, 3), opset=13, run_shape=None, reorder=None, ir=8, listed=False,
         domain="", run_opset=None):
    """Writes the model and three runs of it.

    run_shape: the shape to run with where `shape` has an open dimension; reorder: permutes the nodes after
    the runs, as the evaluator wants them in order; listed: initializers are inputs as well (IR version 3);
    run_opset: the operator set to run with where the evaluator has another than the standard at `opset` (it knows
    BatchNormalization before 14 in training mode only); domain: given to the nodes after the runs, as the evaluator does not know that the default has two names.
    """
    def made(nodes, opset):
        inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)]
        if listed:
            inputs += [helper.make_tensor_value_info(c.name, c.data_type, list(c.dims)) for c in constants]
        outputs = [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)]
        graph = helper.make_graph(nodes, "g", inputs, outputs, list(constants))
        result = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=ir)
        result.producer_name = ""
        return result

    run_shape = run_shape or shape
    evaluator = ReferenceEvaluator(made(nodes, run_opset or opset))
    lines = []
    for _ in range(3):
        x = RANDOM.normal(size=run_shape).astype(np.float32)
        (y,) = evaluator.run(["y"], {"x": x})
        lines.append(" ".join(repr(float(v)) for v in x.flatten()) + "," + " ".join(
            repr(float(v)) for v in np.asarray(y).flatten()) + "," + " ".join(str(d) for d in np.asarray(y).shape))
    folder = HERE / case
    folder.mkdir(exist_ok=True)
    (folder / "reference.csv").write_text("input,output,output shape\n" + "\n".join(lines) + "\n")
    final = made([nodes[i] for i in reorder] if reorder else nodes, opset)
    for one in final.graph.node:
        one.domain = domain
    (folder / "model.onnx").write_bytes(final.SerializeToString(deterministic=True))


W, B = random("w", 3, 4), random("b", 4)

save("gemm", [node("Gemm", ["x", "w", "b"], ["y"])], [W, B])
save("gemmWithoutBias", [node("Gemm", ["x", "w"], ["y"])], [W], opset=11)
save("gemmTransB", [node("Gemm", ["x", "w", "b"], ["y"], transB=1)], [random("w", 4, 3), B])
save("gemmPowersOfTwo", [node("Gemm", ["x", "w", "b"], ["y"], alpha=0.5, beta=4.0)], [W, B])
save("gemmTransARow", [node("Gemm", ["x", "w"], ["y"], transA=1)], [W], shape=(3, 1))
save("gemmScalarBias", [node("Gemm", ["x", "w", "b"], ["y"])], [W, tensor("b", 0.75)])
save("gemmRowBias", [node("Gemm", ["x", "w", "b"], ["y"])], [W, random("b", 1, 4)])
save("gemmRows", [node("Gemm", ["x", "w", "b"], ["a"]), node("Flatten", ["a"], ["c"], axis=0),
                  node("Relu", ["c"], ["y"])], [W, B], shape=(2, 3))
save("matMulAddRelu", [node("MatMul", ["x", "w"], ["a"], "product"), node("Add", ["a", "b"], ["c"], "bias"),
                       node("Relu", ["c"], ["y"], "relu")], [W, B])
save("matMulAddConstantFirst", [node("MatMul", ["x", "w"], ["a"]), node("Add", ["b", "a"], ["y"])], [W, B])
save("matMulReadTwice", [node("MatMul", ["x", "w"], ["a"]), node("Add", ["a", "b"], ["c"]),
                         node("Sub", ["c", "a"], ["y"])], [W, B])
save("matMulRowsWithUnequalBias", [node("MatMul", ["x", "w"], ["a"]), node("Add", ["a", "b"], ["c"]),
                                   node("Flatten", ["c"], ["y"], axis=0)], [W, random("b", 2, 4)], shape=(2, 3))
save("matMulRows", [node("MatMul", ["x", "w"], ["a"]), node("Add", ["a", "b"], ["c"]),
                    node("Flatten", ["c"], ["y"], axis=0)], [W, B], shape=(1, 2, 3))
save("matMulOfVector", [node("MatMul", ["x", "w"], ["y"])], [W], shape=(3,))
save("matMulByVector", [node("MatMul", ["x", "w"], ["y"])], [random("w", 3)], shape=(1, 2, 3))
save("matMulPaddedRank", [node("MatMul", ["x", "w"], ["y"])], [random("w", 1, 1, 3, 4)])
save("matMulOfVectorByPaddedRank", [node("MatMul", ["x", "w"], ["y"])], [random("w", 1, 1, 3, 4)], shape=(3,))
save("matMulConstantFirst", [node("MatMul", ["w", "x"], ["y"])], [random("w", 4, 3)], shape=(1, 3, 1))
save("matMulConstantTimesVector", [node("MatMul", ["w", "x"], ["y"])], [random("w", 4, 3)], shape=(3,))
for operator in ["Add", "Sub", "Mul", "Div"]:
    save(f"constantRight{operator}", [node(operator, ["x", "c"], ["y"])], [random("c", 3)])
    save(f"constantLeft{operator}", [node(operator, ["c", "x"], ["y"])], [random("c", 1, 3)])
    save(f"computed{operator}", [node("Relu", ["x"], ["a"]), node("Add", ["a", "c"], ["b"]),
                                 node(operator, ["x", "b"], ["y"])], [tensor("c", [1, 2, 3])])
save("broadcast", [node("Mul", ["x", "c"], ["a"]), node("Add", ["a", "d"], ["b"]), node("Sub", ["b", "e"], ["f"]),
                   node("Flatten", ["f"], ["y"], axis=0)],
     [random("c", 2, 1), random("d", 1, 3), tensor("e", 2.0)], shape=(1, 4, 2, 3))
save("broadcastPaddedRank", [node("Add", ["x", "c"], ["y"])], [random("c", 1, 1, 1, 3)])
save("identities", [node("Sub", ["x", "zero"], ["a"]), node("Mul", ["a", "one"], ["b"]), node("Div", ["b", "one"], ["c"]),
                    node("Add", ["c", "minusZero"], ["d"]), node("Identity", ["d"], ["e"]), node("Add", ["e", "zero"], ["y"])],
     [tensor("zero", [0.0]), tensor("one", [1.0]), tensor("minusZero", [-0.0])])
save("reshapes", [node("Reshape", ["x", "s"], ["a"]), node("Reshape", ["a", "t"], ["b"]), node("Flatten", ["b"], ["y"])],
     [tensor("s", [0, -1, 3], np.int64), tensor("t", [1, 0, 3], np.int64)], shape=(1, 6))
save("flattenNegativeAxis", [node("Flatten", ["x"], ["y"], axis=-1)], shape=(1, 1, 3))
save("constants", [node("Constant", [], ["c"], value=tensor("", [1.0, 2.0, 3.0])), node("Constant", [], ["d"], value_float=2.0),
                   node("Constant", [], ["e"], value_floats=[1.0, -1.0, 0.5]), node("Constant", [], ["s"], value_ints=[1, -1]),
                   node("Identity", ["c"], ["i"]), node("Reshape", ["i", "s"], ["r"]), node("Add", ["x", "r"], ["a"]),
                   node("Mul", ["a", "d"], ["b"]), node("Sub", ["b", "e"], ["y"])])
save("softmaxFinal", [node("Gemm", ["x", "w", "b"], ["a"]), node("Softmax", ["a"], ["y"], "probabilities")], [W, B])
save("softmaxOldAxis", [node("Softmax", ["x"], ["y"])], opset=11)
save("logSoftmaxFinal", [node("LogSoftmax", ["x"], ["y"], axis=1)])
save("openBatch", [node("Gemm", ["x", "w", "b"], ["y"])], [W, B], shape=("batch", 3), run_shape=(1, 3))
save("zeroBatch", [node("Gemm", ["x", "w", "b"], ["y"])], [W, B], shape=(0, 3), run_shape=(1, 3))
save("nodesOutOfOrder", [node("MatMul", ["x", "w"], ["a"], "one"), node("Relu", ["a"], ["c"], "two"),
                         node("Add", ["c", "b"], ["y"], "three")], [W, B], reorder=[2, 0, 1])
save("unusedNodes", [node("Relu", ["x"], ["y"]), node("Sigmoid", ["x"], ["unused"])])
save("initializersListed", [node("MatMul", ["x", "w"], ["a"]), node("Add", ["a", "b"], ["y"])], [W, B], opset=8, ir=3, listed=True)
save("inputIsOutput", [node("Identity", ["x"], ["y"])])
save("domainWithLongName", [node("Relu", ["x"], ["y"])], domain="ai.onnx")
floats = TensorProto(dims=[3, 4], data_type=TensorProto.FLOAT, name="w", float_data=[float(v) for v in range(12)])
save("floatData", [node("MatMul", ["x", "w"], ["y"])], [floats])


def integers(name, *values):
    return tensor(name, values, np.int64)


# Shapes computed in the graph, as PyTorch writes `x.view(x.size(0), -1)` and TensorFlow `tf.reshape`.
save("shapeOfBatch", [node("Shape", ["x"], ["s"]), node("Gather", ["s", "i"], ["n"], axis=0),
                      node("Unsqueeze", ["n", "axes"], ["u"]), node("Concat", ["u", "rest"], ["t"], axis=0),
                      node("Reshape", ["x", "t"], ["y"])],
     [tensor("i", 0, np.int64), integers("axes", 0), integers("rest", -1)], shape=(1, 2, 3))
save("shapeByCastAndSlice", [node("Shape", ["x"], ["s"], start=1), node("Cast", ["s"], ["c"], to=TensorProto.INT32),
                             node("Slice", ["c", "from", "to"], ["p"]), node("Squeeze", ["p", "axes"], ["q"]),
                             node("Mul", ["q", "two"], ["r"]), node("Unsqueeze", ["r", "axes"], ["u"]),
                             node("Cast", ["u"], ["v"], to=TensorProto.INT64), node("Reshape", ["x", "v"], ["y"])],
     [integers("from", -1), integers("to", 2**63 - 1), integers("axes", 0), tensor("two", 2, np.int32)], shape=(1, 2, 3),
     opset=15)
save("sizeAndFloor", [node("Size", ["x"], ["n"]), node("Cast", ["n"], ["f"], to=TensorProto.FLOAT),
                      node("Div", ["f", "four"], ["q"]), node("Floor", ["q"], ["r"]), node("Ceil", ["q"], ["c"]),
                      node("Sub", ["c", "r"], ["d"]), node("Cast", ["d"], ["e"], to=TensorProto.INT64),
                      node("Unsqueeze", ["e"], ["u"], axes=[0]), node("Concat", ["u", "rest"], ["t"], axis=-1),
                      node("Reshape", ["x", "t"], ["y"])], [tensor("four", 4.0), integers("rest", 6)], opset=12, shape=(2, 3))
save("whereShape", [node("ConstantOfShape", ["n"], ["ones"], value=integers("", 1)), node("Mul", ["ones", "minus"], ["m"]),
                    node("Equal", ["t", "m"], ["e"]), node("Where", ["e", "ones", "t"], ["w"]),
                    node("Expand", ["c", "w"], ["d"]), node("Add", ["x", "d"], ["y"])],
     [integers("n", 2), integers("minus", -1), integers("t", -1, 3), random("c", 1, 1)])
save("rangesOfIntegers", [node("Range", ["zero", "six", "two"], ["r"]), node("Range", ["six", "zero", "minus"], ["d"]),
                          node("Add", ["r", "d"], ["a"]), node("Mod", ["d", "two"], ["m"]), node("Sub", ["a", "m"], ["b"]),
                          node("Div", ["b", "minus"], ["q"]), node("Neg", ["q"], ["n"]), node("Cast", ["n"], ["f"], to=TensorProto.FLOAT),
                          node("Mul", ["x", "f"], ["y"])],
     [tensor("zero", 0, np.int64), tensor("six", 6, np.int64), tensor("two", 2, np.int64), tensor("minus", -2, np.int64)])
save("logicOfConstants", [node("Less", ["a", "b"], ["l"]), node("GreaterOrEqual", ["a", "b"], ["g"]), node("Or", ["l", "g"], ["o"]),
                          node("And", ["o", "l"], ["n"]), node("Not", ["n"], ["m"]), node("Where", ["m", "a", "b"], ["w"]),
                          node("Greater", ["w", "a"], ["h"]), node("LessOrEqual", ["w", "a"], ["k"]), node("Equal", ["h", "k"], ["p"]),
                          node("Cast", ["p"], ["f"], to=TensorProto.FLOAT), node("Add", ["w", "f"], ["c"]), node("Add", ["x", "c"], ["y"])],
     [tensor("a", [1.0, 5.0, 2.0]), tensor("b", [2.0, 2.0, 2.0])], opset=16)
save("doubleConstants", [node("Sub", ["c", "d"], ["e"]), node("Abs", ["e"], ["p"]), node("Sqrt", ["p"], ["q"]),
                         node("Cast", ["q"], ["f"], to=TensorProto.FLOAT), node("Mul", ["x", "f"], ["y"])],
     [tensor("c", [1.0, 5.0, 2.0], np.float64), tensor("d", [2.0, 1.0, 6.0], np.float64)])
save("weightsTransposed", [node("Transpose", ["w"], ["v"], perm=[1, 0]), node("MatMul", ["x", "v"], ["y"])], [random("w", 4, 3)])
save("weightsReversed", [node("Transpose", ["w"], ["v"]), node("Squeeze", ["v"], ["u"], axes=[-1]), node("MatMul", ["x", "u"], ["y"])],
     [random("w", 1, 4, 3)], opset=11)
save("weightsSliced", [node("Slice", ["w", "starts", "ends", "axes", "steps"], ["v"]), node("MatMul", ["x", "v"], ["y"])],
     [random("w", 6, 5), integers("starts", 5, 1), integers("ends", -(2**62), 9), integers("axes", 0, -1), integers("steps", -2, 2)])
save("weightsSlicedByAttributes", [node("Slice", ["w"], ["v"], starts=[-4, 1], ends=[-1, 2**40], axes=[0, 1]),
                                   node("MatMul", ["x", "v"], ["y"])], [random("w", 5, 5)], opset=9)
save("weightsGathered", [node("Gather", ["w", "i"], ["v"], axis=1), node("MatMul", ["x", "v"], ["y"])],
     [random("w", 3, 5), integers("i", 4, -5, 2)])
save("weightsJoined", [node("Concat", ["w", "v"], ["u"], axis=-1), node("MatMul", ["x", "u"], ["y"])],
     [random("w", 3, 1), random("v", 3, 2)])
save("weightsSplit", [node("Split", ["w"], ["a", "b"], axis=1, split=[2, 3]), node("Split", ["c"], ["d", "", "e"]),
                      node("MatMul", ["x", "b"], ["p"]), node("Add", ["p", "d"], ["q"]), node("Sub", ["q", "e"], ["y"])],
     [random("w", 3, 5), random("c", 9)], opset=11)
save("dropoutOld", [node("Dropout", ["x"], ["a", "mask"], ratio=0.25), node("Relu", ["a"], ["y"])], opset=7)
save("dropoutForInference", [node("Dropout", ["x", "", "training"], ["a"], seed=3), node("Relu", ["a"], ["y"])],
     [tensor("training", False, bool)])
save("castOfFloats", [node("Cast", ["x"], ["a"], to=TensorProto.FLOAT), node("Squeeze", ["a"], ["b"]), node("Relu", ["b"], ["y"])])
save("oneOutput", [node("Gemm", ["x", "w"], ["y"])], [random("w", 3, 1)])

# Channels first outside, channels last inside: at most one transpose is left.
IMAGE = (1, 3, 7, 6)


def conv(case, weights, shape=IMAGE, bias=None, opset=13, **attributes):
    constants = [random("w", *weights)] + ([random("b", weights[0])] if bias else [])
    inputs = ["x", "w"] + (["b"] if bias else [])
    save(case, [node("Conv", inputs, ["a"], "conv", **attributes), node("Flatten", ["a"], ["y"])], constants, shape=shape,
         opset=opset)


conv("conv", (4, 3, 3, 3), bias=True)
conv("convStridesPads", (4, 3, 3, 2), bias=True, strides=[2, 1], pads=[1, 0, 2, 1])
conv("convDilations", (2, 3, 2, 3), dilations=[3, 2], kernel_shape=[2, 3], pads=[1, 1, 1, 1], opset=11)
conv("convGroups", (6, 2, 3, 3), shape=(1, 4, 5, 5), bias=True, group=2)
conv("convDepthwise", (6, 1, 3, 3), bias=True, group=3, pads=[1, 1, 1, 1])
conv("convPointwise", (5, 3, 1, 1))
conv("convSameUpper", (2, 3, 4, 3), auto_pad="SAME_UPPER", strides=[2, 2])
conv("convSameLower", (2, 3, 4, 3), auto_pad="SAME_LOWER", strides=[2, 2])
conv("convValid", (2, 3, 4, 3), auto_pad="VALID", strides=[3, 1])
conv("convOneDimension", (4, 3, 3), shape=(1, 3, 9), bias=True, strides=[2], pads=[1, 2], dilations=[2])
conv("convOneDimensionGroups", (4, 1, 3), shape=(1, 2, 9), group=2, auto_pad="SAME_UPPER", strides=[2])
conv("convWholeImage", (5, 3, 7, 6), bias=True)


def pool(case, operator, shape=IMAGE, opset=13, reference=None, **attributes):
    save(case, [node(operator, ["x"], ["a"], "pool", **attributes), node("Flatten", ["a"], ["y"])], shape=shape, opset=opset)


pool("maxPool", "MaxPool", kernel_shape=[2, 3], strides=[2, 1])
pool("maxPoolPads", "MaxPool", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 0, 1, 2])
pool("maxPoolCeil", "MaxPool", kernel_shape=[2, 2], strides=[2, 4], ceil_mode=1, storage_order=0)
pool("maxPoolDilations", "MaxPool", kernel_shape=[2, 2], dilations=[2, 3])
pool("maxPoolSame", "MaxPool", kernel_shape=[3, 3], strides=[2, 2], auto_pad="SAME_UPPER")
pool("maxPoolOneDimension", "MaxPool", shape=(1, 3, 9), kernel_shape=[3], strides=[2])
pool("averagePool", "AveragePool", kernel_shape=[2, 3], strides=[2, 1], opset=7)
pool("averagePoolPads", "AveragePool", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
pool("averagePoolCountsPads", "AveragePool", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], count_include_pad=1)
pool("averagePoolCeil", "AveragePool", kernel_shape=[2, 2], strides=[2, 4], ceil_mode=1)
pool("averagePoolDilations", "AveragePool", kernel_shape=[2, 2], dilations=[2, 1], opset=19)
pool("globalAveragePool", "GlobalAveragePool")
pool("globalMaxPool", "GlobalMaxPool")
pool("globalAveragePoolOneDimension", "GlobalAveragePool", shape=(1, 3, 9))


def statistics(channels):
    return [random("scale", channels), random("shift", channels), random("mean", channels),
            tensor("var", RANDOM.uniform(0.1, 2, size=channels))]


NORMAL = ["scale", "shift", "mean", "var"]
save("batchNormalizationAfterConv", [node("Conv", ["x", "w"], ["a"]), node("BatchNormalization", ["a", *NORMAL], ["b"], "bn", epsilon=0.01),
                                     node("Relu", ["b"], ["c"]), node("Flatten", ["c"], ["y"])],
     [random("w", 4, 3, 3, 3), *statistics(4)], shape=IMAGE, opset=8, run_opset=15)
save("batchNormalizationAfterGemm", [node("Gemm", ["x", "w", "b"], ["a"]), node("Identity", ["a"], ["i"]),
                                     node("BatchNormalization", ["i", *NORMAL], ["y"], "bn", momentum=0.5)],
     [W, B, *statistics(4)], opset=9, run_opset=15)
save("batchNormalizationOfValueReadTwice", [node("Conv", ["x", "w"], ["a"]), node("Identity", ["a"], ["i"]),
                                            node("BatchNormalization", ["i", *NORMAL], ["b"], "bn"),
                                            node("Add", ["a", "b"], ["c"]), node("Flatten", ["c"], ["y"])],
     [random("w", 4, 3, 3, 3), *statistics(4)], shape=IMAGE, opset=15)
save("batchNormalizationFirst", [node("BatchNormalization", ["x", *NORMAL], ["a"], "bn"), node("Conv", ["a", "w"], ["b"]),
                                 node("Flatten", ["b"], ["y"])], [random("w", 4, 3, 3, 3), *statistics(3)], shape=IMAGE, opset=14)
save("residualBlock", [node("Conv", ["x", "w"], ["a"], pads=[1, 1, 1, 1]), node("Relu", ["a"], ["b"]),
                       node("Conv", ["b", "v"], ["c"], pads=[1, 1, 1, 1]), node("Conv", ["x", "u"], ["d"]), node("Add", ["c", "d"], ["e"]),
                       node("Relu", ["e"], ["f"]), node("MaxPool", ["f"], ["g"], kernel_shape=[2, 2], strides=[2, 2]),
                       node("Flatten", ["g"], ["h"]), node("Gemm", ["h", "p", "q"], ["y"])],
     [random("w", 4, 3, 3, 3), random("v", 4, 4, 3, 3), random("u", 4, 3, 1, 1), random("p", 36, 5), random("q", 5)], shape=IMAGE)
save("squeezeAndExcitation", [node("Conv", ["x", "w"], ["a"]), node("GlobalAveragePool", ["a"], ["s"]), node("Conv", ["s", "v"], ["t"]),
                              node("Relu", ["t"], ["u"]), node("Mul", ["a", "u"], ["m"]), node("ReduceMean", ["m"], ["r"], axes=[2, 3], keepdims=0),
                              node("Gemm", ["r", "p"], ["y"])],
     [random("w", 4, 3, 3, 3), random("v", 4, 4, 1, 1), random("p", 4, 5)], shape=IMAGE)
save("channelsLastModel", [node("Transpose", ["x"], ["a"], perm=[0, 3, 1, 2]), node("Conv", ["a", "w"], ["b"]), node("Add", ["b", "c"], ["d"]),
                           node("Relu", ["d"], ["e"]), node("Transpose", ["e"], ["f"], perm=[0, 2, 3, 1]), node("Reshape", ["f", "s"], ["g"]),
                           node("MatMul", ["g", "p"], ["y"])],
     [random("w", 4, 3, 3, 3), random("c", 4, 1, 1), integers("s", -1, 80), random("p", 80, 3)], shape=(1, 7, 6, 3))
save("channelsSplit", [node("Conv", ["x", "w"], ["a"]), node("Split", ["a", "sizes"], ["b", "c"], axis=1), node("Relu", ["c"], ["d"]),
                       node("Concat", ["d", "b"], ["e"], axis=1), node("Conv", ["e", "v"], ["f"]), node("Slice", ["f", "s", "t", "i"], ["g"]),
                       node("Pad", ["g", "pads"], ["h"]), node("Gather", ["h", "ids"], ["k"], axis=-1), node("Flatten", ["k"], ["y"])],
     [random("w", 4, 3, 3, 3), integers("sizes", 1, 3), random("v", 2, 4, 2, 2), integers("s", 1), integers("t", 100), integers("i", 2),
      integers("pads", 0, 0, 0, 0, 0, 0, 1, 0), integers("ids", 2, 0, 0)], shape=IMAGE)
save("transposeToTheEnd", [node("Conv", ["x", "w"], ["a"]), node("Transpose", ["a"], ["b"], perm=[0, 3, 2, 1]), node("Flatten", ["b"], ["c"]),
                           node("Relu", ["c"], ["y"])], [random("w", 4, 3, 3, 3)], shape=IMAGE)
save("channelShuffle", [node("Conv", ["x", "w"], ["a"]), node("Reshape", ["a", "s"], ["b"]), node("Transpose", ["b"], ["c"], perm=[0, 2, 1, 3, 4]),
                        node("Reshape", ["c", "t"], ["d"]), node("Conv", ["d", "v"], ["e"], group=2), node("Flatten", ["e"], ["y"])],
     [random("w", 4, 3, 3, 3), integers("s", 1, 2, 2, 5, 4), integers("t", 1, 4, 5, 4), random("v", 2, 2, 2, 2)], shape=IMAGE)

# Moving data.
save("transposeOfComputed", [node("Transpose", ["x"], ["a"], perm=[2, 0, 1]), node("Flatten", ["a"], ["y"], axis=0)], shape=(2, 3, 4))
save("transposesThatCancel", [node("Transpose", ["x"], ["a"], perm=[2, 0, 1]), node("Relu", ["a"], ["b"]),
                              node("Transpose", ["b"], ["c"], perm=[1, 2, 0]), node("Flatten", ["c"], ["y"], axis=0)], shape=(2, 3, 4))
save("transposeIntoWeights", [node("Transpose", ["x"], ["a"]), node("Reshape", ["a", "s"], ["b"]), node("MatMul", ["b", "w"], ["y"])],
     [integers("s", 1, 24), random("w", 24, 2)], shape=(2, 3, 4))
save("transposeAndConstant", [node("Transpose", ["x"], ["a"]), node("Mul", ["a", "c"], ["b"]), node("Sub", ["d", "b"], ["e"]),
                              node("Transpose", ["e"], ["f"]), node("Flatten", ["f"], ["y"], axis=0)],
     [random("c", 3, 1), random("d", 4, 1, 2)], shape=(2, 3, 4))
save("sliceOfComputed", [node("Slice", ["x", "s", "t", "i", "p"], ["a"]), node("Flatten", ["a"], ["y"], axis=0)],
     [integers("s", -1, 1), integers("t", -(2**63), 100), integers("i", 2, 1), integers("p", -2, 1)], shape=(2, 3, 5))
save("gatherOfComputed", [node("Gather", ["x", "i"], ["a"], axis=1), node("Flatten", ["a"], ["y"], axis=0)],
     [tensor("i", [[2, 0], [-1, -2]], np.int64)], shape=(2, 3, 2))
save("gatherScalar", [node("Gather", ["x", "i"], ["a"], axis=-1), node("Flatten", ["a"], ["y"], axis=0)],
     [tensor("i", 1, np.int32)], shape=(2, 3, 2))
save("splitOfComputed", [node("Split", ["x"], ["a", "b"], axis=-1), node("Sub", ["b", "a"], ["c"]), node("Concat", ["c", "a", "c"], ["d"], axis=1),
                         node("Flatten", ["d"], ["y"], axis=0)], shape=(1, 3, 4))
save("splitUnevenly", [node("Split", ["x"], ["a", "b", "c"], axis=1, num_outputs=3), node("Concat", ["c", "b", "a"], ["y"], axis=1)], shape=(1, 7), opset=18)
save("padOfComputed", [node("Pad", ["x", "pads", "v"], ["a"]), node("Flatten", ["a"], ["y"], axis=0)],
     [integers("pads", 1, 0, 2, 0), tensor("v", 0.5)], shape=(2, 3))
save("padByAttributes", [node("Pad", ["x"], ["a"], pads=[0, 1, 1, 2], value=-1.5), node("Flatten", ["a"], ["y"], axis=0)], shape=(2, 3), opset=10)
save("padAxes", [node("Pad", ["x", "pads", "", "axes"], ["a"]), node("Flatten", ["a"], ["y"], axis=0)],
     [integers("pads", 1, 2), integers("axes", -1)], shape=(2, 3), opset=18)
save("expandOfComputed", [node("Expand", ["x", "s"], ["a"]), node("Flatten", ["a"], ["y"], axis=0)], [integers("s", 2, 1, 4, 1)], shape=(3, 1, 2))
save("broadcastOfComputed", [node("Split", ["x", "sizes"], ["a", "b"], axis=1), node("Mul", ["a", "b"], ["c"]), node("Flatten", ["c"], ["y"], axis=0)],
     [integers("sizes", 1, 3)], shape=(2, 4))
for operator, axes in [("ReduceSum", None), ("ReduceMean", [1, 2]), ("ReduceMax", [-1]), ("ReduceMin", [0, 2])]:
    nodes = [node(operator, ["x"], ["a"], axes=axes, keepdims=0) if axes else node(operator, ["x"], ["a"]),
             node("Flatten", ["a"], ["y"], axis=0)]
    save(f"reduce{operator[6:]}", nodes, shape=(2, 3, 4))
save("reduceSumByInput", [node("ReduceSum", ["x", "i"], ["a"], keepdims=0), node("ReduceSum", ["a"], ["y"], noop_with_empty_axes=1)],
     [integers("i", 0, -1)], shape=(2, 3, 4))
save("reduceMeanByInput", [node("ReduceMean", ["x", "i"], ["a"]), node("Flatten", ["a"], ["y"], axis=0)], [integers("i", 1)], shape=(2, 3, 4), opset=18)
save("productWithMatrixOnTheRight", [node("MatMul", ["w", "x"], ["a"]), node("Flatten", ["a"], ["y"], axis=0)], [random("w", 4, 3)], shape=(2, 3, 5))
save("gemmTransAMatrix", [node("Gemm", ["x", "w"], ["a"], transA=1), node("Flatten", ["a"], ["y"], axis=0)], [W], shape=(3, 2))

# Functions of each element, on inputs of both signs.
for operator in ["Sigmoid", "Tanh", "Erf", "Softplus", "Abs", "Neg", "HardSwish", "Elu", "Selu", "LeakyRelu", "HardSigmoid", "Celu", "Exp"]:
    save(f"function{operator}", [node(operator, ["x"], ["y"])], shape=(1, 8), opset=14)
save("functionGelu", [node("Gelu", ["x"], ["y"])], shape=(1, 8), opset=20)
save("functionGeluTanh", [node("Gelu", ["x"], ["y"], approximate="tanh")], shape=(1, 8), opset=20)
save("functionSqrtAndLog", [node("Abs", ["x"], ["a"]), node("Sqrt", ["a"], ["b"]), node("Log", ["b"], ["y"])], shape=(1, 8))
save("functionsWithAttributes", [node("LeakyRelu", ["x"], ["a"], alpha=0.3), node("Elu", ["a"], ["b"], alpha=0.5), node("HardSigmoid", ["b"], ["c"], alpha=0.4, beta=0.3),
                                 node("Selu", ["c"], ["d"], alpha=1.5, gamma=1.25), node("Celu", ["d"], ["y"], alpha=2.0)], shape=(1, 8))
save("clip", [node("Clip", ["x", "lo", "hi"], ["y"])], [tensor("lo", -0.5), tensor("hi", 0.25)], shape=(1, 8))
save("clipAbove", [node("Clip", ["x", "", "hi"], ["y"])], [tensor("hi", 0.25)], shape=(1, 8))
save("clipByAttributes", [node("Clip", ["x"], ["a"], min=-0.5), node("Clip", ["a"], ["b"], max=0.5), node("Clip", ["b"], ["y"])], shape=(1, 8), opset=10)
save("pRelu", [node("Conv", ["x", "w"], ["a"]), node("PRelu", ["a", "s"], ["b"]), node("Flatten", ["b"], ["y"])],
     [random("w", 4, 3, 3, 3), random("s", 4, 1, 1)], shape=IMAGE, opset=16)
save("powers", [node("Pow", ["x", "two"], ["a"]), node("Pow", ["a", "half"], ["b"]), node("Pow", ["b", "one"], ["c"]), node("Pow", ["c", "minus"], ["y"])],
     [tensor("two", 2, np.int64), tensor("half", [0.5]), tensor("one", 1.0), tensor("minus", -3.0)], shape=(1, 8))
save("minimaAndMaxima", [node("Max", ["x", "c", "d"], ["a"]), node("Min", ["a", "x"], ["b"]), node("Min", ["e", "b"], ["f"]), node("Max", ["f"], ["g"]),
                         node("Sum", ["g", "x", "c"], ["y"])], [random("c", 8), random("d", 1, 8), tensor("e", 0.4)], shape=(1, 8))
save("minimaOfConstants", [node("Max", ["c", "d"], ["a"]), node("Min", ["a", "c"], ["b"]), node("Add", ["x", "b"], ["y"])],
     [random("c", 8), random("d", 1, 8)], shape=(1, 8))
save("broadcastOfComputedPairs", [node("ReduceMean", ["x"], ["m"], axes=[1], keepdims=1), node("Sub", ["x", "m"], ["a"]), node("Mul", ["m", "a"], ["b"]),
                                  node("Div", ["b", "c"], ["d"]), node("Flatten", ["d"], ["y"], axis=0)], [tensor("c", [[[2.0]], [[4.0]]])], shape=(1, 3, 4))


def recurrent(case, operator, gates, outputs, *, steps=4, inputs=3, hidden=2, directions=1, bias=True, states=(), opset=13, layout=0,
              nodes=(), others=(), **attributes):
    """The layer from "x", whose outputs are named; then `nodes`, the last of which makes "y"."""
    constants = [random("w", directions, gates * hidden, inputs), random("r", directions, gates * hidden, hidden)]
    names = ["x", "w", "r"]
    if bias:
        constants.append(random("b", directions, 2 * gates * hidden))
        names.append("b")
    if states:
        names += [""] * (5 - len(names))
        for state in states:
            constants.append(random(state, *((1, directions, hidden) if layout else (directions, 1, hidden))))
            names.append(state)
    if layout:
        attributes["layout"] = layout
    save(case, [node(operator, names, outputs, hidden_size=hidden, **attributes), *nodes], constants + list(others),
         shape=(1, steps, inputs) if layout else (steps, 1, inputs), opset=opset)


FLAT = [node("Flatten", ["a"], ["y"], axis=0)]
recurrent("lstm", "LSTM", 4, ["a"], nodes=FLAT)
recurrent("lstmLast", "LSTM", 4, ["", "a"], nodes=FLAT, bias=False)
recurrent("lstmStates", "LSTM", 4, ["a", "h"], states=("initial_h", "initial_c"), nodes=[
    node("Squeeze", ["a", "one"], ["s"]), node("Squeeze", ["h", "one"], ["t"]), node("Add", ["s", "t"], ["u"]), node("Flatten", ["u"], ["y"], axis=0)],
    others=[integers("one", 1)])
recurrent("gru", "GRU", 3, ["a"], nodes=FLAT)
recurrent("gruLast", "GRU", 3, ["", "a"], nodes=FLAT, states=("initial_h",), linear_before_reset=1)

save("scalarInput", [node("Add", ["x", "c"], ["a"]), node("Tanh", ["a"], ["y"])], [tensor("c", 0.5)], shape=())
