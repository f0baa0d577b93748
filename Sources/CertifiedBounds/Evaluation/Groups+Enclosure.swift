import NetworkIR

extension Pooling {
  func enclosure(_ operand: Enclosure, _ shape: TensorShape) -> Enclosure? {
    let plane = WindowPlane(window, input: shape)
    let channels = shape.dimensions.last ?? 1
    var groups = [[Int]](repeating: [], count: plane.outputCount * channels)
    plane.forEachMeeting { input, output, _ in
      for channel in 0..<channels {
        groups[output * channels + channel].append(input * channels + channel)
      }
    }
    switch kind {
    case .maximum: return operand.extrema(of: groups) { max($0, $1) }
    case .average(let countsPadding):
      return operand.sums(of: groups) { countsPadding ? plane.tapCount : $0.count }
    }
  }
}

extension Reduction {
  func enclosure(_ operand: Enclosure, _ shape: TensorShape) -> Enclosure? {
    guard let result = try? resultShape(of: [shape]) else { return nil }
    let results = Tensor(result, Array(0..<result.elementCount)).broadcast(to: shape)
    var groups = [[Int]](repeating: [], count: result.elementCount)
    for (index, group) in results.enumerated() { groups[group].append(index) }
    switch kind {
    case .maximum: return operand.extrema(of: groups) { max($0, $1) }
    case .minimum: return operand.extrema(of: groups) { min($0, $1) }
    case .sum: return operand.sums(of: groups) { _ in 1 }
    case .mean: return operand.sums(of: groups) { $0.count }
    }
  }
}

extension Enclosure {
  /// The best element of each group: no further off than the worst of them.
  ///
  /// - Requires: no group is empty.
  fileprivate func extrema(of groups: [[Int]], _ better: (Double, Double) -> Double) -> Enclosure? {
    Enclosure(
      groups.map { group in group.dropFirst().reduce(centers[group[0]]) { better($0, centers[$1]) } },
      groups.map { group in group.reduce(0) { max($0, errors[$1]) } })
  }

  /// The sum of each group, divided by its divisor.
  fileprivate func sums(of groups: [[Int]], divisor: ([Int]) -> Int) -> Enclosure? {
    let length = groups.reduce(0) { max($0, $1.count) }
    var sums = WeightedSums(constants: [Float](repeating: 0, count: groups.count), length: length)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 1) { one in
      one.initialize(repeating: 1)
      for (index, group) in groups.enumerated() {
        for element in group {
          sums.add(centers[element], errors[element], times: UnsafeBufferPointer(one), to: index..<index + 1)
        }
      }
    }
    let divisors = groups.map { Float(divisor($0)) }
    guard let total = Enclosure(sums.centers, sums.errors) else { return nil }
    return .combined(.divide, total, Enclosure(exactly: divisors))
  }
}
