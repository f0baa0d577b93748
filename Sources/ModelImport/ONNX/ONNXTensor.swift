import Diagnostics
import NetworkIR

/// A constant of an ONNX graph: the 32-bit floats that weights are, and what shapes are computed from.
struct ONNXTensor {
  /// Outermost first, none negative; none at all for a scalar.
  let dimensions: [Int]
  /// INVARIANT: as many as ``elementCount(_:)`` says of the dimensions; all floats are finite.
  let elements: ONNXElements

  /// No real model has more dimensions; a list of millions of them would be copied with every node.
  static let largestRank = 64

  /// The product of dimensions; `nil` if one is negative, or if they overflow even without those that are 0
  /// (so that no order of them overflows).
  static func elementCount(_ dimensions: [Int]) -> Int? {
    var count = 1
    for dimension in dimensions where dimension != 0 {
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard dimension > 0, !overflow else { return nil }
      count = product
    }
    return dimensions.contains(0) ? 0 : count
  }

  /// The elements that `view` reads.
  func viewed(as view: StridedView) -> ONNXTensor {
    ONNXTensor(dimensions: view.dimensions, elements: elements.map(ReadView(view: view)))
  }

  private struct ReadView: ElementRearrangement {
    let view: StridedView

    func apply<Element>(_ elements: [Element]) -> [Element] { view.read(elements) }
  }
}

/// The elements of a constant, in row-major order.
enum ONNXElements {
  case floats([Float])
  case doubles([Double])
  case int32s([Int32])
  case int64s([Int64])
  case booleans([Bool])

  var type: ONNXElementType {
    switch self {
    case .floats: .float32
    case .doubles: .float64
    case .int32s: .int32
    case .int64s: .int64
    case .booleans: .bool
    }
  }

  var count: Int {
    switch self {
    case .floats(let values): values.count
    case .doubles(let values): values.count
    case .int32s(let values): values.count
    case .int64s(let values): values.count
    case .booleans(let values): values.count
    }
  }

  /// The integers of either width; `nil` for other types.
  var integers: [Int64]? {
    switch self {
    case .int32s(let values): values.map { Int64($0) }
    case .int64s(let values): values
    case .floats, .doubles, .booleans: nil
    }
  }

  /// The same elements, moved.
  func map(_ rearrangement: some ElementRearrangement) -> ONNXElements {
    switch self {
    case .floats(let values): .floats(rearrangement.apply(values))
    case .doubles(let values): .doubles(rearrangement.apply(values))
    case .int32s(let values): .int32s(rearrangement.apply(values))
    case .int64s(let values): .int64s(rearrangement.apply(values))
    case .booleans(let values): .booleans(rearrangement.apply(values))
    }
  }
}

/// A way to move elements that is the same for every type of them.
protocol ElementRearrangement {
  func apply<Element>(_ elements: [Element]) -> [Element]
}
