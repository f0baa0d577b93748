/// A matrix whose rows are padded vectors.
struct PaddedMatrix: Sendable {
  let rowCount: Int
  let columnCount: Int
  private let blocksPerRow: Int
  private var blocks: [Lanes]

  /// - Parameter element: by row and column.
  init(rowCount: Int, columnCount: Int, _ element: (Int, Int) -> Double) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    blocksPerRow = (columnCount + 3) / 4
    blocks = [Lanes](repeating: Lanes(), count: rowCount * blocksPerRow)
    for i in 0..<rowCount {
      for k in 0..<columnCount { blocks[i * blocksPerRow + k >> 2][k & 3] = element(i, k) }
    }
  }

  /// The same matrix with the magnitudes of its elements.
  var magnitude: PaddedMatrix {
    var result = self
    result.blocks = blocks.map { magnitudes($0) }
    return result
  }

  /// c M, for one number a row.
  func combination(of coefficients: PaddedVector) -> PaddedVector {
    var result = PaddedVector(count: columnCount)
    blocks.withUnsafeBufferPointer { blocks in
      result.blocks.withUnsafeMutableBufferPointer { result in
        for i in 0..<rowCount {
          let factor = coefficients[i]
          if factor == 0 { continue }
          addMultiple(of: row(i, of: blocks), factor, to: result)
        }
      }
    }
    return result
  }

  /// M v.
  func times(_ vector: PaddedVector) -> PaddedVector {
    var result = PaddedVector(count: rowCount)
    blocks.withUnsafeBufferPointer { blocks in
      vector.blocks.withUnsafeBufferPointer { vector in
        for i in 0..<rowCount { result[i] = sumOfProducts(row(i, of: blocks), vector) }
      }
    }
    return result
  }

  /// The sum of the squares of a row's elements.
  func squaredNorm(ofRow i: Int) -> Double {
    blocks.withUnsafeBufferPointer { sumOfProducts(row(i, of: $0), row(i, of: $0)) }
  }

  @inline(__always)
  private func row(_ i: Int, of blocks: UnsafeBufferPointer<Lanes>) -> UnsafeBufferPointer<Lanes> {
    UnsafeBufferPointer(rebasing: blocks[i * blocksPerRow..<(i + 1) * blocksPerRow])
  }
}
