import NetworkIR

/// An upper bound of the spectral norm of a convolution with zero padding, on operands of the given shape (NUMERICS,
/// theorem T3).
///
/// The groups share neither inputs nor outputs, so the norm is the largest of theirs. Each is bounded by a banded
/// factorisation of the whole map's Gram matrix where all of them take little time (some 1e-8 above the norm, or
/// 5e-4 for large ones on small images), or else frequency by frequency on a torus (less than 1 % above it on images of
/// 28 x 28 or more).
///
/// - Parameters:
///   - input: the operand's shape, [1, spatial dimensions..., channels].
///   - proof: which of the two, if it is not to be chosen by cost.
/// - Requires: the operand's shape is one that the convolution takes.
public func convolutionNorm(
  of convolution: Convolution, input: TensorShape, by proof: LayerBound.Proof? = nil
) throws(NormFailure) -> (bound: UpperBound, proof: LayerBound.Proof) {
  if let index = convolution.weights.firstIndex(where: { !$0.isFinite }) { throw .notFinite(element: index) }
  return try norm(
    of: (0..<convolution.groups).map { ConvolutionMap(convolution, group: $0, input: input) }, by: proof)
}

/// The same for I + s K, with K the convolution's linear map. See ``ResidualBlock``.
///
/// - Requires: the result has the shape of the operand.
/// - Returns: `nil` if no tap reads the element that has the output's own place.
public func residualBlockNorm(
  of convolution: Convolution, scale: Double, input: TensorShape, by proof: LayerBound.Proof? = nil
) throws(NormFailure) -> (bound: UpperBound, proof: LayerBound.Proof)? {
  if let index = convolution.weights.firstIndex(where: { !$0.isFinite }) { throw .notFinite(element: index) }
  var maps: [ConvolutionMap] = []
  var rounding = UpperBound.zero
  for group in 0..<convolution.groups {
    guard let sum = ConvolutionMap(convolution, group: group, input: input).addedToIdentity(times: scale)
    else {
      return nil
    }
    maps.append(sum.map)
    rounding = max(rounding, RoundingError.unit * sum.largest)
  }
  let found = try norm(of: maps, by: proof)
  return (found.bound + rounding, found.proof)
}

private func norm(
  of groups: [ConvolutionMap], by proof: LayerBound.Proof?
) throws(NormFailure) -> (bound: UpperBound, proof: LayerBound.Proof) {
  var bound = UpperBound.zero
  var isBanded = true
  for map in groups {
    guard let exponent = map.normalizingExponent else { continue }
    let scaled = map.scaled(byPowerOfTwo: exponent)
    let gram = BandedGram.smaller(of: scaled)
    let accuracy =
      proof.map { $0 == .factorization ? BandedGram.Accuracy.full : nil }
      ?? gram.affordableAccuracy(times: groups.count)
    isBanded = accuracy != nil
    let norm = if let accuracy { try gram.norm(accuracy) } else { try fourierNorm(of: scaled) }
    bound = max(bound, norm.scaled(byPowerOfTwo: -exponent))
  }
  return (bound, isBanded ? .factorization : .fourier)
}
