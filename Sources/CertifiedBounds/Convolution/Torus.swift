/// The places of a convolution's torus, after space to depth.
struct Torus {
  struct Frequency {
    let row: Int
    let column: Int
  }

  /// How many blocks a turn has.
  let rows: Int
  let columns: Int
  /// A multiple of both: the roots of unity of this order are all that is needed.
  let order: Int

  init(_ map: ConvolutionMap) {
    let sizes = (Self.leastSize(map.rows), Self.leastSize(map.columns))
    let isSquare = sizes.0 <= 2 * sizes.1 && sizes.1 <= 2 * sizes.0
    if sizes.0 == 1 || sizes.1 == 1 {
      (rows, columns) = sizes
    } else if isSquare {
      rows = max(sizes.0, sizes.1)
      columns = rows
    } else {
      rows = Self.powerOfTwo(notBelow: sizes.0)
      columns = Self.powerOfTwo(notBelow: sizes.1)
    }
    order = max(rows, columns)
  }

  private init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    order = max(rows, columns)
  }

  /// The two next larger ones that are no less simple: squares, or of one dimension; none of powers of two.
  var larger: [Torus] {
    let isSquare = rows == columns
    guard isSquare || rows == 1 || columns == 1 else { return [] }
    return (1...2).map {
      Torus(rows: rows == 1 ? 1 : rows + $0, columns: columns == 1 ? 1 : columns + $0)
    }
  }

  /// The least number N of blocks a turn for which reading modulo N is reading the padded input.
  ///
  /// The input, with p padding before it, fills blocks q0 = p div s to q1 = (p + n - 1) div s. An output o < m reads
  /// blocks o to o + b with b = ((k - 1) d) div s: blocks 0 to m - 1 + b. Those below q0 stay where they are if N > q1;
  /// those above q1 either stay or become r - N, which is below q0 if N > m - 1 + b - q0. Outputs are different places if
  /// N >= m. (r - N is not negative where r >= N, and below N as r < N + q0 <= N + q1 < 2 N.)
  private static func leastSize(_ positions: WindowPositions) -> Int {
    let first = positions.padBefore / positions.stride
    let last = (positions.padBefore + positions.inputSize - 1) / positions.stride
    let reach = (positions.kernel - 1) * positions.dilation / positions.stride
    return max(last + 1, positions.outputSize + reach - first, positions.outputSize)
  }

  private static func powerOfTwo(notBelow size: Int) -> Int {
    size <= 1 ? 1 : 1 << (Int.bitWidth - (size - 1).leadingZeroBitCount)
  }

  /// One of each pair of opposite frequencies.
  var frequencies: [Frequency] {
    var result: [Frequency] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let opposite = ((rows - row) % rows, (columns - column) % columns)
        if (row, column) <= opposite { result.append(Frequency(row: row, column: column)) }
      }
    }
    return result
  }
}
