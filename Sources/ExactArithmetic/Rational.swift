// Trusted: GMP is called as its manual says.
internal import CGMP

/// An exact rational number (GMP), always in lowest terms with a positive denominator.
public struct Rational: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// INVARIANT: the number is written only before the storage is shared, so sharing is safe.
  private final class Storage: @unchecked Sendable {
    let number: UnsafeMutablePointer<__mpq_struct>

    init() {
      number = .allocate(capacity: 1)
      __gmpq_init(number)
    }

    deinit {
      __gmpq_clear(number)
      number.deallocate()
    }
  }

  private let storage: Storage

  private init(_ write: (UnsafeMutablePointer<__mpq_struct>) -> Void) {
    storage = Storage()
    write(storage.number)
  }

  public init(_ integer: Int) {
    self.init { __gmpq_set_si($0, integer, 1) }
  }

  /// - Requires: `denominator != 0`.
  public init(_ numerator: Int, over denominator: Int) {
    self = Rational(numerator) / Rational(denominator)
  }

  /// The exact value of a finite binary32 number.
  /// - Requires: `value.isFinite`.
  public init(_ value: Float) {
    self.init(Double(value))
  }

  /// The exact value of a finite binary64 number.
  /// - Requires: `value.isFinite`.
  public init(_ value: Double) {
    precondition(value.isFinite, "a rational is finite")
    self.init { __gmpq_set_d($0, value) }
  }

  /// 2 to the power of `exponent`.
  public init(powerOfTwo exponent: Int) {
    self.init {
      __gmpq_set_si($0, 1, 1)
      if exponent >= 0 {
        __gmpq_mul_2exp($0, $0, UInt(exponent))
      } else {
        __gmpq_div_2exp($0, $0, UInt(-exponent))
      }
    }
  }

  /// The exact value of a decimal literal: digits, optionally `.` and digits, optionally `e` with a
  /// signed exponent of magnitude at most 1,000; underscores are not allowed. `nil` for other text.
  public init?(decimal text: some StringProtocol) {
    var digits = ""
    var scale = 0
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var seenPoint = false
    var seenDigit = false
    while let byte = rest.first {
      if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        digits.unicodeScalars.append(Unicode.Scalar(byte))
        seenDigit = true
        if seenPoint { scale -= 1 }
      } else if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    guard seenDigit else { return nil }
    if let byte = rest.first {
      guard byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E"),
        let exponent = Int(String(decoding: rest.dropFirst(), as: UTF8.self)),
        exponent.magnitude <= 1000
      else { return nil }
      scale += exponent
    }
    self.init { __gmpq_set_str($0, digits, 10) }
    let power = Rational(10).power(abs(scale))
    self = scale < 0 ? self / power : self * power
    if isNegative { self = -self }
  }

  public static let zero = Rational(0)
  public static let one = Rational(1)

  public static func + (a: Rational, b: Rational) -> Rational {
    Rational { __gmpq_add($0, a.storage.number, b.storage.number) }
  }

  public static func - (a: Rational, b: Rational) -> Rational {
    Rational { __gmpq_sub($0, a.storage.number, b.storage.number) }
  }

  public static func * (a: Rational, b: Rational) -> Rational {
    Rational { __gmpq_mul($0, a.storage.number, b.storage.number) }
  }

  /// - Requires: `b != 0`.
  public static func / (a: Rational, b: Rational) -> Rational {
    precondition(b.signum != 0, "division by zero")
    return Rational { __gmpq_div($0, a.storage.number, b.storage.number) }
  }

  public static prefix func - (a: Rational) -> Rational {
    Rational { __gmpq_neg($0, a.storage.number) }
  }

  public static func < (a: Rational, b: Rational) -> Bool {
    __gmpq_cmp(a.storage.number, b.storage.number) < 0
  }

  public static func == (a: Rational, b: Rational) -> Bool {
    __gmpq_equal(a.storage.number, b.storage.number) != 0
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(description)
  }

  /// -1, 0 or 1.
  public var signum: Int { Int(ordain_mpq_sgn(storage.number)) }
  public var magnitude: Rational { signum < 0 ? -self : self }
  public var isInteger: Bool { denominator == .one }

  public var numerator: Rational {
    Rational { __gmpq_set_z($0, ordain_mpq_numref(storage.number)) }
  }

  public var denominator: Rational {
    Rational { __gmpq_set_z($0, ordain_mpq_denref(storage.number)) }
  }

  /// The largest integer that is not above the value.
  public var floor: Rational {
    Rational {
      __gmpz_fdiv_q(
        ordain_mpq_numref($0), ordain_mpq_numref(storage.number), ordain_mpq_denref(storage.number))
    }
  }

  /// The value as `Int`, if it is an integer that fits.
  public var asInt: Int? { isInteger ? Int(description) : nil }

  /// - Requires: `exponent >= 0`.
  public func power(_ exponent: Int) -> Rational {
    var result = Rational.one
    var square = self
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = result * square }
      rest >>= 1
      if rest > 0 { square = square * square }
    }
    return result
  }

  /// `n` or `n/d` in lowest terms, decimal.
  public var description: String {
    withTemporaryText { __gmpq_get_str(nil, 10, storage.number) }
  }

  private func withTemporaryText(_ make: () -> UnsafeMutablePointer<CChar>?) -> String {
    guard let text = make() else { preconditionFailure("out of memory") }
    defer { free(text) }
    return String(cString: text)
  }

  /// `integer * 2^exponent`
  init(integer: UnsafePointer<__mpz_struct>, timesTwoToThe exponent: Int) {
    self.init {
      __gmpq_set_z($0, integer)
      if exponent >= 0 {
        __gmpq_mul_2exp($0, $0, UInt(exponent))
      } else {
        __gmpq_div_2exp($0, $0, UInt(-exponent))
      }
    }
  }

  /// n where the denominator is 2^n.
  var binaryPlaces: Int? {
    guard let denominator = UnsafePointer(ordain_mpq_denref(storage.number)) else { return nil }
    let places = Int(__gmpz_scan1(denominator, 0))
    return __gmpz_sizeinbase(denominator, 2) == places + 1 ? places : nil
  }

  /// Makes `target` the numerator times 2^exponent.
  /// - Requires: `exponent >= 0`.
  func copyNumerator(to target: UnsafeMutablePointer<__mpz_struct>, timesTwoToThe exponent: Int) {
    __gmpz_mul_2exp(target, ordain_mpq_numref(storage.number), UInt(exponent))
  }

  /// The quotient rounded towards zero to binary64; infinite beyond its range.
  var truncatedDouble: Double { __gmpq_get_d(storage.number) }
}
