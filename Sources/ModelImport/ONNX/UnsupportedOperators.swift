import Diagnostics

extension ONNXNode {
  /// Why the node can't be translated: its operator is not one of ``ONNXOperator``.
  func unsupportedOperator(opset: Int) -> Diagnostic {
    let name = printable(proto.opType)
    let domain = isStandard ? "" : " of domain `\(printable(proto.domain))`"
    return failure(
      .unsupportedOperator, "operator `\(name)`\(domain) is not supported (operator set \(opset))",
      cure: isStandard ? cure : "export the model with operators of the ONNX standard")
  }

  private var cure: String {
    switch proto.opType {
    case "ConvTranspose", "ConvInteger", "Resize", "Upsample", "MaxUnpool", "DeformConv", "GridSample":
      "layers that generate or resample images are not supported; use Conv and pooling"
    case "If", "Loop", "Scan", "SequenceAt", "SequenceConstruct", "SequenceEmpty", "SplitToSequence":
      "control flow is not supported; export with fixed shapes, so that there is none, or simplify with onnxsim"
    case "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "QLinearConv", "QLinearMatMul",
      "MatMulInteger":
      "quantised networks are not supported; export the float32 network"
    case "Attention", "Einsum", "LayerNormalization", "GroupNormalization", "InstanceNormalization",
      "RMSNormalization", "RotaryEmbedding":
      "attention and normalisation by computed statistics are not supported"
    case "RNN":
      "use LSTM or GRU"
    case "ArgMax", "ArgMin", "TopK", "NonMaxSuppression":
      "export the model up to the scores; choosing among them is the compiler's part"
    case "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Bernoulli", "Multinomial":
      "a network must not draw random numbers; export it for inference"
    default:
      "the article `Models` of the documentation lists the supported operators"
    }
  }
}
