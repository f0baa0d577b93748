/// What a proof of one region and dense layers says, read by other code than the checker's; with the places of its fields,
/// to tamper with them.
struct ProofStatement {
  struct Layer {
    var relative = 0
    var bias: [Int] = []
    var weights: [Int] = []
    var slopes: [Int] = []
    var isLinear = false
  }

  struct Row {
    var strict = 0
    var constant = 0
    var terms: [(output: Int, place: Int)] = []
  }

  let bytes: [UInt8]
  private(set) var layers: [Layer] = []
  private(set) var inputs = 0
  private(set) var lower: [Int] = []
  private(set) var upper: [Int] = []
  private(set) var conjunctions: [[Row]] = []
  private(set) var tree = 0
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = 15 + 1 + 32
    position += number()
    inputs = number()
    for _ in 0..<number() {
      var layer = Layer()
      let width = layers.last.map { $0.isLinear ? $0.bias.count : $0.slopes.count } ?? inputs
      layer.isLinear = byte() == 0
      if layer.isLinear {
        let count = number()
        layer.relative = position
        position += 16
        layer.bias = places(count, 8)
        // One dense map of the value before.
        position += 3
        layer.weights = places(count * width, 4)
      } else {
        position += 1
        layer.slopes = places(width, 8)
      }
      layers.append(layer)
    }
    position += 2
    lower = places(inputs, 8)
    upper = places(inputs, 8)
    // No input forms.
    position += 1
    conjunctions = (0..<number()).map { _ in (0..<number()).map { _ in row() } }
    tree = position
  }

  private mutating func byte() -> UInt8 {
    position += 1
    return bytes[position - 1]
  }

  private mutating func number() -> Int {
    let low = Int(byte())
    return low < 128 ? low : low - 128 + 128 * number()
  }

  private mutating func places(_ count: Int, _ size: Int) -> [Int] {
    defer { position += count * size }
    return (0..<count).map { position + $0 * size }
  }

  private mutating func row() -> Row {
    var row = Row(strict: position, constant: position + 1)
    position += 9
    row.terms = (0..<number()).map { _ in
      let output = number()
      position += 8
      return (output, position - 8)
    }
    return row
  }

  // MARK: Its meaning

  func double(_ place: Int) -> Double { Double(bitPattern: Self.pattern(bytes, place, 8)) }

  private static func pattern(_ bytes: [UInt8], _ place: Int, _ size: Int) -> UInt64 {
    (0..<size).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
  }

  func outputs(_ point: [Double]) -> [Double] {
    var values = point
    for layer in layers {
      if layer.isLinear {
        values = layer.bias.indices.map { k in
          values.indices.reduce(double(layer.bias[k])) {
            let weight = UInt32(Self.pattern(bytes, layer.weights[k * values.count + $1], 4))
            return $0 + Double(Float(bitPattern: weight)) * values[$1]
          }
        }
      } else {
        values = zip(values, layer.slopes).map { $0 < 0 ? double($1) * $0 : $0 }
      }
    }
    return values
  }

  /// Whether some conjunction's rows are all below minus a margin at a point: so the statement is false.
  func isRefuted(at point: [Double], margin: Double) -> Bool {
    let outputs = outputs(point)
    return conjunctions.contains { rows in
      rows.allSatisfy { row in
        row.terms.reduce(double(row.constant)) { $0 + double($1.place) * outputs[$1.output] } < -margin
      }
    }
  }
}

extension [UInt8] {
  func replacing(_ place: Int, by value: Double) -> [UInt8] {
    var bytes = self
    for index in 0..<8 {
      bytes[place + index] = UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(8 * index))
    }
    return bytes
  }
}
