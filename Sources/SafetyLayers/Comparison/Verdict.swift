/// What a change does to demands, from the old ones to the new.
public enum Verdict: String, Sendable, Hashable, CaseIterable {
  /// The same is allowed at every input.
  case equal
  /// Less is allowed: a strict subset.
  case stronger
  /// More is allowed: a strict superset.
  case weaker
  /// Something is newly allowed, and something no longer.
  case incomparable
  /// Neither shown nor refuted; never to be read as equal.
  case undecided

  init(isLoosened: Bool, isTightened: Bool) {
    switch (isLoosened, isTightened) {
    case (false, false): self = .equal
    case (false, true): self = .stronger
    case (true, false): self = .weaker
    case (true, true): self = .incomparable
    }
  }

  /// From the answers to "is something newly allowed" and "is something no longer allowed".
  init(loosened: Separation.Answer, tightened: Separation.Answer) {
    if loosened.isUndecided || tightened.isUndecided {
      self = .undecided
    } else {
      self.init(isLoosened: loosened.separation != nil, isTightened: tightened.separation != nil)
    }
  }
}
