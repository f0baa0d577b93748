/// The matrices K(theta) of a convolution at the frequencies of a torus, as they are computed.
struct ConvolutionSymbol {
  private let map: ConvolutionMap
  private let torus: Torus
  private let roots: RootsOfUnity
  /// Input channels after space to depth.
  private let inputs: Int

  init(_ map: ConvolutionMap, _ torus: Torus) {
    self.map = map
    self.torus = torus
    roots = RootsOfUnity(order: torus.order)
    inputs = map.inputChannels * map.rows.stride * map.columns.stride
  }

  /// The elements of the real matrix.
  var cells: Int { 4 * inputs * map.outputChannels }

  /// The block that a tap reads, and the channel that its first input channel has become.
  private func place(ofTap tap: Int) -> (row: Int, column: Int, channel: Int) {
    let row = tap / map.columns.kernel * map.rows.dilation
    let column = tap % map.columns.kernel * map.columns.dilation
    let phase = row % map.rows.stride * map.columns.stride + column % map.columns.stride
    return (row / map.rows.stride, column / map.columns.stride, phase * map.inputChannels)
  }

  /// [[Re, -Im], [Im, Re]] of K(theta), or of its transpose, whichever has no more rows than columns.
  func matrix(at frequency: Torus.Frequency) -> RealMatrix {
    let outputs = map.outputChannels
    let isTransposed = inputs < outputs
    let (height, width) = isTransposed ? (inputs, outputs) : (outputs, inputs)
    var real = [Double](repeating: 0, count: height * width)
    var imaginary = real
    for tap in 0..<map.tapCount {
      let place = place(ofTap: tap)
      // Exact: the angle is a whole number of parts of a turn.
      let angle =
        (place.row * frequency.row % torus.rows * (torus.order / torus.rows)
          + place.column * frequency.column % torus.columns * (torus.order / torus.columns)) % torus.order
      let (cosine, sine) = (roots.cosines[angle], roots.sines[angle])
      let weights = map.weights(ofTap: tap)
      var next = weights.startIndex
      for input in 0..<map.inputChannels {
        for output in 0..<outputs {
          let weight = weights[next]
          next += 1
          let channel = place.channel + input
          let index = isTransposed ? channel * width + output : output * width + channel
          real[index] += weight * cosine
          imaginary[index] += weight * sine
        }
      }
    }
    return RealMatrix(complexRows: height, columns: width, real: real, imaginary: imaginary)
  }

  /// Not below the norm of the difference between a computed K(theta) and the exact one.
  var error: UpperBound {
    var sums = [UpperBound](repeating: .zero, count: inputs * map.outputChannels)
    for tap in 0..<map.tapCount {
      let channel = place(ofTap: tap).channel
      for (offset, weight) in map.weights(ofTap: tap).enumerated() {
        let index = channel * map.outputChannels + offset
        sums[index] = sums[index] + UpperBound(weight.magnitude)
      }
    }
    let frobenius = sums.reduce(.zero) { $0 + $1 * $1 }.squareRoot()
    let relative =
      RootsOfUnity.error + RoundingError.gamma(map.tapCount) * (.one + RootsOfUnity.error)
    // A product may underflow where a cosine is tiny.
    let underflow = UpperBound(map.tapCount) * UpperBound(cells) * RoundingError.underflow
    return UpperBound(2).squareRoot() * (relative * frobenius + underflow)
  }
}
