// Trusted: the graph computes the network's real function, and roundings are those of the operators' documentation.
import NetworkIR

/// What is made of maxima of two.
extension GraphBuilder {
  /// Each window's largest element: of two, a + relu(b - a). The program compares, which rounds nothing.
  mutating func largest(_ windows: [[Int]], of value: Int) -> Int {
    let length = windows.map(\.count).max() ?? 1
    func picked(_ position: Int) -> LinearMap {
      let indices = windows.map { Optional($0[min(position, $0.count - 1)]) }
      return .sparse(SparseMap(picking: indices, of: counts[value]))
    }
    var candidates = (0..<length).map { linear([(value, picked($0))], count: windows.count, .exact) }
    while candidates.count > 1 {
      var next: [Int] = []
      for index in stride(from: 0, to: candidates.count - 1, by: 2) {
        next.append(larger(candidates[index], candidates[index + 1]))
      }
      if candidates.count % 2 == 1, let last = candidates.last { next.append(last) }
      candidates = next
    }
    return candidates[0]
  }

  /// max(lower, min(upper, z)) = lower + relu(z - lower) - relu(z - upper), where lower <= upper.
  mutating func clipped(_ value: Int, _ clip: Clip) -> Int {
    let count = counts[value]
    func shifted(_ bound: Float) -> Int {
      relu(sum([(value, 1)], bias: [Double](repeating: -Double(bound), count: count), .exact))
    }
    func constants(_ bound: Float) -> [Double] { [Double](repeating: Double(bound), count: count) }
    switch (clip.lower, clip.upper) {
    case (nil, nil): return value
    case (let lower?, nil): return sum([(shifted(lower), 1)], bias: constants(lower), .exact)
    case (nil, let upper?): return sum([(value, 1), (shifted(upper), -1)], .exact)
    case (let lower?, let upper?) where lower > upper:
      return sum([(value, 0)], bias: constants(upper), .exact)
    case (let lower?, let upper?):
      return sum([(shifted(lower), 1), (shifted(upper), -1)], bias: constants(lower), .exact)
    }
  }
}
