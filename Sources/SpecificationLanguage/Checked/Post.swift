/// What a property demands of the scores, reduced to two kinds of literals. Every form of the language
/// is a combination of these; `better` means by `choose highest` or `choose lowest`, strictly.
public indirect enum Post: Sendable, Hashable {
  /// Output `above` is strictly better than output `below`.
  case precedes(above: Int, below: Int)
  /// At least `outputs - end` others are strictly worse: the place (from 0) is before `end`.
  /// `a in top k` is `before(a, k)`; not the worst of n is `before(a, n - 1)`.
  case before(output: Int, end: Int)
  /// At least `start` others are strictly better: the place (from 0) is `start` or later.
  /// `choose one of S` is `notBefore(o, 1)` for every output `o` outside `S`.
  case notBefore(output: Int, start: Int)
  /// True if empty.
  case all([Post])
  /// False if empty.
  case any([Post])
}
