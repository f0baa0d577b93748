/// A window on an operand with two spatial dimensions; one with a single spatial dimension has height 1.
struct PlaneImage: Sendable {
  let window: SpatialWindow
  let height: Int
  let width: Int
  let resultHeight: Int
  let resultWidth: Int

  /// - Requires: the window has a result for an operand of this shape.
  init(_ window: SpatialWindow, _ operand: TensorShape) {
    guard let result = try? window.resultShape(of: operand, channels: 1) else {
      preconditionFailure("validation saw that the window fits")
    }
    let isPlane = window.rank == 2
    self.window =
      isPlane
      ? window
      : SpatialWindow(
        kernel: [1] + window.kernel, strides: [1] + window.strides, dilations: [1] + window.dilations,
        padsBefore: [0] + window.padsBefore, padsAfter: [0] + window.padsAfter)
    height = isPlane ? operand.dimensions[1] : 1
    width = operand.dimensions[isPlane ? 2 : 1]
    resultHeight = isPlane ? result.dimensions[1] : 1
    resultWidth = result.dimensions[isPlane ? 2 : 1]
  }

  /// For each tap, row by row, the place in the operand that output (y, x) sees through it: row times width plus
  /// column. `nil` for padding.
  func taps(_ y: Int, _ x: Int) -> [Int?] {
    let rows = window.inside(0, output: y, size: height)
    let columns = window.inside(1, output: x, size: width)
    return (0..<window.kernel[0]).flatMap { row in
      (0..<window.kernel[1]).map { column in
        guard rows.contains(row), columns.contains(column) else { return nil }
        return window.index(0, output: y, tap: row) * width + window.index(1, output: x, tap: column)
      }
    }
  }
}
