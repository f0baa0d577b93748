/// A convolution's matrix times its transpose, or the other way round: symmetric with a band, of which the rest is zero.
struct BandedGram {
  /// Whether its rows are the map's inputs; otherwise its outputs.
  private let isOfInputs: Bool
  private let map: ConvolutionMap
  let size: Int
  /// The largest distance of an element that is not zero from the diagonal.
  let bandwidth: Int

  private init(_ map: ConvolutionMap, ofInputs: Bool) {
    self.map = map
    isOfInputs = ofInputs
    let channels = ofInputs ? map.inputChannels : map.outputChannels
    let (height, width) =
      ofInputs
      ? (map.rows.inputSize, map.columns.inputSize) : (map.rows.outputSize, map.columns.outputSize)
    size = height * width * channels
    // Two inputs of one output are at most (kernel - 1) * dilation apart, and two outputs of one input that divided
    // by the stride.
    func reach(_ positions: WindowPositions, _ count: Int) -> Int {
      min(
        (positions.kernel - 1) * positions.dilation / (ofInputs ? 1 : positions.stride), count - 1)
    }
    bandwidth = (reach(map.rows, height) * width + reach(map.columns, width) + 1) * channels - 1
  }

  /// That of the inputs or of the outputs, whichever is cheaper to factor.
  static func smaller(of map: ConvolutionMap) -> BandedGram {
    let (inputs, outputs) = (BandedGram(map, ofInputs: true), BandedGram(map, ofInputs: false))
    return inputs.cost <= outputs.cost ? inputs : outputs
  }

  /// About how many products a factorisation takes.
  private var cost: Double {
    let band = Double(min(bandwidth, size))
    return Double(size) * (band + 32) * (band + 32) / 2
  }

  enum Accuracy: Sendable {
    /// As low as a few factorisations prove: some 1e-8 above the norm.
    case full
    /// One factorisation, for a number that is 0.05 % above the norm.
    case coarse
  }

  /// How accurate `count` such bounds can be so that they take little time; `nil` if they take too long or too much
  /// memory. On images of less than 28 x 28, where the frequencies of a torus may be more than 1 % above the norm, they
  /// may take five times as long, or 25 times for a coarse one.
  func affordableAccuracy(times count: Int) -> Accuracy? {
    let isLarge = min(map.rows.inputSize, map.columns.inputSize) >= 28
    let (time, memory) = (cost * Double(count), Double(size) * Double(bandwidth))
    if time <= (isLarge ? 2e9 : 1e10), memory <= 4e7 { return .full }
    return !isLarge && time <= 5e10 && memory <= 8e7 ? .coarse : nil
  }

  /// The bound of the map's norm that a factorisation proves (theorem T1, with sums as long as the band is wide).
  func norm(_ accuracy: Accuracy) throws(NormFailure) -> UpperBound {
    let gram = matrix()
    let trace = (0..<size).reduce(UpperBound.zero) { $0 + UpperBound(gram[$1, $1]) }
    // The largest weight is near 1, so squares don't underflow: every weight is zero or reads padding alone.
    if trace == .zero { return .zero }
    let estimate = estimateLargestEigenvalue(size: size, accuracy: 1e-9) { gram.times($0) }
    let (first, enough) = accuracy == .full ? (2e-8, 5e-7) : (1e-3, 1e-3)
    let proved = leastProvedThreshold(above: estimate, firstSlack: first, goodEnough: enough) {
      threshold -> UpperBound? in
      let shifted = gram.subtracted(fromIdentityTimes: threshold)
      guard shifted.hasCholeskyFactor() else { return nil }
      return CholeskySlack(size: size, longestSum: min(size, gram.longestSum))
        .eigenvalueBound(threshold: threshold, diagonal: (0..<size).map { shifted[$0, $0] })
    }
    guard let proved else { throw .notProved }
    // A product of two weights passes through a sum over the channels, and then one over at most all taps.
    let sums = max(map.inputChannels, map.outputChannels) + map.tapCount
    let cells = (bandwidth + 1) * 2 * sums
    return (proved + gramError(sums: sums, cells: cells * size, trace: trace)).squareRoot()
  }

  private func matrix() -> BandedMatrix {
    var gram = BandedMatrix(size: size, bandwidth: bandwidth)
    let products = tapProducts()
    let channels = isOfInputs ? map.inputChannels : map.outputChannels
    let taps = map.tapCount
    forEachMeeting { first, second, tap, other in
      let product = products[tap * taps + other]
      for a in 0..<channels {
        let row = first * channels + a
        for b in 0..<channels where second * channels + b <= row {
          gram[row, second * channels + b] += product[a * channels + b]
        }
      }
    }
    return gram
  }

  /// For each pair of taps the products of their weights, summed over the channels of the other side.
  private func tapProducts() -> [[Double]] {
    let taps = map.tapCount
    let (inputs, outputs) = (map.inputChannels, map.outputChannels)
    let sides = (0..<taps).map { tap -> [Double] in
      let weights = Array(map.weights(ofTap: tap))
      if isOfInputs { return weights }
      return (0..<outputs).flatMap { co in (0..<inputs).map { weights[$0 * outputs + co] } }
    }
    let (channels, length) = isOfInputs ? (inputs, outputs) : (outputs, inputs)
    return (0..<taps * taps).map { pair in
      let (x, y) = (sides[pair / taps], sides[pair % taps])
      var product = [Double](repeating: 0, count: channels * channels)
      for a in 0..<channels {
        for b in 0..<channels {
          var sum = 0.0
          for k in 0..<length { sum += x[a * length + k] * y[b * length + k] }
          product[a * channels + b] = sum
        }
      }
      return product
    }
  }

  /// Calls `body` for all positions first >= second of this side and taps by which both meet at a position of the
  /// other side.
  private func forEachMeeting(_ body: (_ first: Int, _ second: Int, _ tap: Int, _ other: Int) -> Void) {
    let rows = meetings(map.rows)
    let columns = meetings(map.columns)
    let width = isOfInputs ? map.columns.inputSize : map.columns.outputSize
    let kernel = map.columns.kernel
    for row in rows {
      for column in columns {
        let first = row.first * width + column.first
        let second = row.second * width + column.second
        if second > first { continue }
        body(first, second, row.tap * kernel + column.tap, row.other * kernel + column.other)
      }
    }
  }

  private struct Meeting {
    let first: Int
    let second: Int
    let tap: Int
    let other: Int
  }

  private func meetings(_ positions: WindowPositions) -> [Meeting] {
    if isOfInputs {
      return positions.taps.flatMap { taps in
        taps.flatMap { x in
          taps.map { Meeting(first: x.input, second: $0.input, tap: x.index, other: $0.index) }
        }
      }
    }
    var readers = [[(output: Int, tap: Int)]](repeating: [], count: positions.inputSize)
    for (output, taps) in positions.taps.enumerated() {
      for tap in taps { readers[tap.input].append((output, tap.index)) }
    }
    return readers.flatMap { readers in
      readers.flatMap { x in
        readers.map { Meeting(first: x.output, second: $0.output, tap: x.tap, other: $0.tap) }
      }
    }
  }
}
