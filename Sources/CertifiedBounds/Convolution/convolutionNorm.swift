import NetworkIR

/// An upper bound of the spectral norm of a convolution with zero padding, on operands of the given shape (NUMERICS,
/// theorem T3).
///
/// The groups share neither inputs nor outputs, so the norm is the largest of theirs. Each is bounded by a banded
/// factorisation of the whole map's Gram matrix (some 1e-8 above the norm) where all of them take little time, or
/// else frequency by frequency on a torus (less than 1 % above it on images of 20 x 20 or more).
///
/// - Parameters:
///   - input: the operand's shape, [1, spatial dimensions..., channels].
///   - proof: which of the two, if it is not to be chosen by cost.
/// - Requires: the operand's shape is one that the convolution takes.
public func convolutionNorm(
  of convolution: Convolution, input: TensorShape, by proof: LayerBound.Proof? = nil
) throws(NormFailure) -> (bound: UpperBound, proof: LayerBound.Proof) {
  if let index = convolution.weights.firstIndex(where: { !$0.isFinite }) { throw .notFinite(element: index) }
  var bound = UpperBound.zero
  var isBanded = true
  for group in 0..<convolution.groups {
    let map = ConvolutionMap(convolution, group: group, input: input)
    guard let exponent = map.normalizingExponent else { continue }
    let scaled = map.scaled(byPowerOfTwo: exponent)
    let gram = BandedGram.smaller(of: scaled)
    isBanded = proof.map { $0 == .factorization } ?? gram.isAffordable(times: convolution.groups)
    let norm = isBanded ? try gram.norm() : try fourierNorm(of: scaled)
    bound = max(bound, norm.scaled(byPowerOfTwo: -exponent))
  }
  return (bound, isBanded ? .factorization : .fourier)
}
