import Diagnostics
import NetworkIR

/// The attributes that convolutions and poolings share, for an operand [1, channels, spatial dimensions...].
struct ONNXWindow {
  let kernel: [Int]
  let strides: [Int]
  let dilations: [Int]
  let padsBefore: [Int]
  let padsAfter: [Int]
  /// Whether `ceil_mode` lets the last window reach beyond the padding; then `padsAfter` has more than the model
  /// says.
  let reachesBeyondPads: Bool

  /// The shared attributes' names.
  static let attributes = ["auto_pad", "dilations", "kernel_shape", "pads", "strides"]

  /// Reads them.
  ///
  /// - Parameters:
  ///   - kernel: the kernel that the weights have; `nil` where the attribute alone says it.
  ///   - operand: the operand's shape, batch and channels first.
  init(
    _ attributes: ONNXAttributes, _ node: ONNXNode, kernel weightsKernel: [Int]?, operand: TensorShape
  ) throws(Diagnostic) {
    let sizes = Array(operand.dimensions.dropFirst(2))
    guard (1...2).contains(sizes.count), operand.dimensions[0] == 1 else {
      throw node.failure(
        .unsupportedOperator, "\(node.proto.opType) of an operand of shape \(operand) is not supported",
        cure: "supported are a batch of 1, channels and one or two spatial dimensions")
    }
    func numbers(_ name: String, _ count: Int, from least: Int, default fallback: [Int]?) throws(Diagnostic)
      -> [Int]
    {
      if !attributes.contains(name), let fallback { return fallback }
      let given = try attributes.integers(name).map { Int(clamping: $0) }
      guard given.count == count, given.allSatisfy({ $0 >= least && $0 <= Network.maximumElementCount })
      else {
        throw node.failure(
          .modelMalformed,
          "attribute `\(name)` of \(node.proto.opType) does not have \(count) numbers from \(least)",
          cure: "export the model again")
      }
      return given
    }
    let rank = sizes.count
    let ones = [Int](repeating: 1, count: rank)
    let kernel = try numbers("kernel_shape", rank, from: 1, default: weightsKernel)
    let strides = try numbers("strides", rank, from: 1, default: ones)
    let dilations = try numbers("dilations", rank, from: 1, default: ones)
    let pads = try numbers("pads", 2 * rank, from: 0, default: ones.map { _ in 0 } + ones.map { _ in 0 })
    guard weightsKernel == nil || weightsKernel == kernel else {
      throw node.failure(
        .shapeMismatch, "attribute `kernel_shape` is \(kernel), but the weights have \(weightsKernel ?? [])",
        cure: "export the model again")
    }
    var before = Array(pads[..<rank])
    var after = Array(pads[rank...])
    var reachesBeyond = false
    let automatic = try attributes.string("auto_pad", default: "NOTSET")
    let spans = zip(kernel, dilations).map { ($0 - 1) * $1 + 1 }
    switch automatic {
    case "NOTSET":
      if try attributes.integer("ceil_mode", default: 0) != 0 {
        for axis in 0..<rank {
          let padded = sizes[axis] + before[axis] + after[axis]
          // How far a last window that begins inside the operand or the padding before it reaches.
          var last = (max(padded - spans[axis], 0) + strides[axis] - 1) / strides[axis] * strides[axis]
          if last >= sizes[axis] + before[axis] { last -= strides[axis] }
          let missing = last + spans[axis] - padded
          if missing > 0 {
            after[axis] += missing
            reachesBeyond = true
          }
        }
      }
    case "VALID", "SAME_UPPER", "SAME_LOWER":
      guard pads.allSatisfy({ $0 == 0 }) else {
        throw node.failure(
          .modelMalformed, "\(node.proto.opType) has both `pads` and `auto_pad`",
          cure: "export the model again")
      }
      if automatic == "VALID" { break }
      guard weightsKernel != nil || dilations == ones else {
        throw node.failure(
          .unsupportedAttribute,
          "\(node.proto.opType) has `auto_pad` \(automatic) and `dilations`, which runtimes pad differently",
          cure: "write the padding as `pads`")
      }
      for axis in 0..<rank {
        let outputs = (sizes[axis] + strides[axis] - 1) / strides[axis]
        let total = max((outputs - 1) * strides[axis] + spans[axis] - sizes[axis], 0)
        let smaller = total / 2
        before[axis] = automatic == "SAME_UPPER" ? smaller : total - smaller
        after[axis] = total - before[axis]
      }
    default:
      throw node.failure(
        .unsupportedAttribute, "attribute `auto_pad` of \(node.proto.opType) is `\(printable(automatic))`",
        cure: "supported are NOTSET, VALID, SAME_UPPER and SAME_LOWER")
    }
    self.kernel = kernel
    self.strides = strides
    self.dilations = dilations
    padsBefore = before
    padsAfter = after
    reachesBeyondPads = reachesBeyond
  }
}

extension ONNXTranslation {
  /// The result of an operator that wants channels last, on an operand that has them after the batch.
  mutating func appendChannelsLast(
    _ node: ONNXNode, _ operation: Operation, _ operand: ComputedValue
  ) throws(Diagnostic) -> ComputedValue {
    let rank = operand.shape.dimensions.count
    let last = try transpose(operand, [0] + Array(2..<rank) + [1], node, ".channels_last")
    let result = try append(node, operation, [last])
    return try transpose(result, [0, rank - 1] + Array(1..<rank - 1), node, ".channels_first")
  }
}
