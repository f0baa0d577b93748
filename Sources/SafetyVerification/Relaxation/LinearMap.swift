import CRelaxationKernels

/// A linear map from one value of a network to another, as kernels need it. Its weights are binary64 numbers.
enum LinearMap: Sendable {
  case dense(DenseMap)
  case sparse(SparseMap)

  var outputCount: Int {
    switch self {
    case .dense(let map): map.outputCount
    case .sparse(let map): map.outputCount
    }
  }
}

extension LinearMap {
  /// `sums += |M| sizes`.
  func addAbsolute(of sizes: Numbers, to sums: Numbers) {
    switch self {
    case .dense(let map):
      for j in 0..<map.inputCount where sizes[j] != 0 {
        let size = sizes[j]
        let weights = map.transposed.base + j * map.outputCount
        for k in 0..<map.outputCount { sums.base[k] += abs(weights[k]) * size }
      }
    case .sparse(let map):
      for k in 0..<map.outputCount {
        var sum = sums[k]
        for e in map.starts[k]..<map.starts[k + 1] { sum += abs(map.values[e]) * sizes[map.columns[e]] }
        sums[k] = sum
      }
    }
  }

  func forEachWeight(ofOutput k: Int, _ body: (_ input: Int, _ weight: Double) -> Void) {
    switch self {
    case .dense(let map):
      for j in 0..<map.inputCount { body(j, map.weights[k * map.inputCount + j]) }
    case .sparse(let map):
      for e in map.starts[k]..<map.starts[k + 1] { body(map.columns[e], map.values[e]) }
    }
  }
}

/// Every output reads every input.
final class DenseMap: Sendable {
  let inputCount: Int
  let outputCount: Int
  /// The weight from input j to output k at `k * inputCount + j`.
  let weights: Numbers
  /// The same at `j * outputCount + k`.
  let transposed: Numbers

  /// - Parameter weights: from input j to output k at `j * outputCount + k`.
  init(inputCount: Int, outputCount: Int, weights: [Float]) {
    self.inputCount = inputCount
    self.outputCount = outputCount
    transposed = Numbers(weights.map(Double.init))
    self.weights = Numbers(weights.count)
    for j in 0..<inputCount {
      for k in 0..<outputCount { self.weights[k * inputCount + j] = Double(weights[j * outputCount + k]) }
    }
  }
}

/// Every output reads some inputs: compressed rows.
final class SparseMap: Sendable {
  let inputCount: Int
  let outputCount: Int
  /// The entries of output k are those from `starts[k]` on, before `starts[k + 1]`.
  let starts: Indices
  let columns: Indices
  let values: Numbers

  /// - Parameter rows: for each output its entries; no input twice.
  init(inputCount: Int, rows: [[(column: Int, value: Double)]]) {
    self.inputCount = inputCount
    outputCount = rows.count
    let total = rows.reduce(0) { $0 + $1.count }
    starts = Indices(capacity: rows.count + 1)
    columns = Indices(capacity: total)
    values = Numbers(total)
    for row in rows {
      starts.append(columns.count)
      for entry in row {
        values[columns.count] = entry.value
        columns.append(entry.column)
      }
    }
    starts.append(columns.count)
  }

  /// Output k is the input `indices[k]`; zero where that is `nil`.
  convenience init(picking indices: [Int?], of inputCount: Int) {
    self.init(inputCount: inputCount, rows: indices.map { $0.map { [(column: $0, value: 1)] } ?? [] })
  }
}
