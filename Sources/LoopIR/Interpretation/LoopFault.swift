/// What a program did that C leaves undefined, or that would trap: a bug of the code that made it.
public enum LoopFault: Error, Hashable {
  /// An element beyond an array's ends.
  case outOfBounds(function: String, index: Int, count: Int)
  /// A variable or element that was never written.
  case uninitialized(function: String)
  /// A shift by the width of the number or more.
  case shift(function: String, distance: Int)
  /// A signed number beyond 32 bits.
  case overflow(function: String)
  /// A product of numbers that are not both binary32, where it has to be exact.
  case inexactProduct(function: String)
  /// More steps than the caller allows.
  case tooManySteps
}
