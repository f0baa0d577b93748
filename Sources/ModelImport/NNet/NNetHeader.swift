import ExactArithmetic

/// What the header of an NNet file says about the network's inputs and outputs, exactly as its decimal
/// text has it.
///
/// A raw input x of index i enters the network as `(clamp(x, minima[i], maxima[i]) - means[i]) /
/// ranges[i]`; an output y stands for the raw score `y * outputRange + outputMean`. The imported
/// `Network` contains neither: it maps normalised inputs to normalised outputs.
///
/// INVARIANT: the four arrays have one element an input, `minima[i] <= maxima[i]`, and every range is
/// above zero.
public struct NNetHeader: Sendable, Hashable {
  public let minima: [Rational]
  public let maxima: [Rational]
  public let means: [Rational]
  public let ranges: [Rational]
  public let outputMean: Rational
  public let outputRange: Rational
}
