import ExactArithmetic

/// A specification's version: `major.minor.patch`, of any size.
struct SemanticVersion: Comparable, CustomStringConvertible {
  /// Three whole numbers.
  private let numbers: [Rational]

  /// - Parameter text: as the lexer accepts it: digits and two points.
  init(_ text: String) {
    numbers = text.split(separator: ".").map { Rational(decimal: $0) ?? .zero }
  }

  private init(numbers: [Rational]) {
    self.numbers = numbers
  }

  /// What part of a version a change has to raise. Also for `0.y.z`: a specification says what is safe from its
  /// first version.
  enum Bump: String, Comparable {
    case none, patch, minor, major

    private var rank: Int {
      switch self {
      case .none: 0
      case .patch: 1
      case .minor: 2
      case .major: 3
      }
    }

    static func < (a: Bump, b: Bump) -> Bool { a.rank < b.rank }
  }

  func bumped(_ bump: Bump) -> SemanticVersion {
    switch bump {
    case .none: self
    case .patch: SemanticVersion(numbers: [numbers[0], numbers[1], numbers[2] + .one])
    case .minor: SemanticVersion(numbers: [numbers[0], numbers[1] + .one, .zero])
    case .major: SemanticVersion(numbers: [numbers[0] + .one, .zero, .zero])
    }
  }

  static func < (a: SemanticVersion, b: SemanticVersion) -> Bool {
    a.numbers.lexicographicallyPrecedes(b.numbers)
  }

  var description: String { numbers.map(\.description).joined(separator: ".") }
}
