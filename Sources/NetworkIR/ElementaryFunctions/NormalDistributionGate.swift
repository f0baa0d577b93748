import LoopIR

/// x Phi(x), Phi the standard normal distribution function (ONNX Gelu without approximation). Zeros
/// keep their sign; -0 for -infinity and where a negative result underflows; NaN for NaN.
///
/// Below 0.625 in magnitude x (1/2 + x p(x^2)). Above, Phi(-|x|) = e^(-x^2/2) w q((|x| - a) w) with w = 1 /
/// (|x| + a); the square is split into 24 exact bits and a rest, so that a small Phi keeps its bits.
struct NormalDistributionGate: ElementaryFunction {
  /// From here on x Phi(-x) is 0.
  private static let highest: Float = 14.5
  private static let boundary: Float = 0.625
  private static let pole: Float = 3.625
  private static let center = Polynomial(
    -0x1.1e1cd0p-10, 0x1.45eb8cp-7, -0x1.105538p-4, 0x1.98844ep-2)
  private static let tail = Polynomial(
    0x1.d6d6a6p-12, 0x1.5119e8p-15, -0x1.f5d8f0p-9, 0x1.173f1cp-8, 0x1.baf1bap-6, -0x1.1204b4p-3,
    0x1.56a380p-2, -0x1.27900cp-1, 0x1.7eb56ep-1)

  var text: String { "gelu" }
  var comment: String { "x Phi(x), Phi the standard normal distribution function." }

  func evaluate(_ x: Float) -> Float {
    let y = x.limited(from: -Self.highest).limited(to: Self.highest)
    let z = y.magnitude
    let center = y * (0.5 + y * Self.center(z * z))
    let part = Float(bitPattern: z.bitPattern & 0xFFFF_F000)
    let low = ((z - part) * (z + part)) * 0.5
    let high = (part * part) * 0.5
    let reduction = ExponentialReduction(-high, minus: low)
    let w = 1 / (z + Self.pole)
    let g = Self.tail((z - Self.pole) * w) * w
    let e = (g + g * ExponentialRemainder().evaluate(reduction.r)) * reduction.power(shiftedBy: 32)
    let tail = 0 > x ? (y * e) * 0x1p-32 : x * (1 - e * 0x1p-32)
    return Self.boundary > z ? center : tail
  }

  func body(_ x: Expression, _ functions: inout SharedFunctions) -> [Statement] {
    let (y, z, e, s) = (Local.y.expression, Local.z.expression, Local.e.expression, Local.s.expression)
    let (high, low, g) = (Local.high.expression, Local.low.expression, Identifier("g"))
    let remainder = ExponentialRemainder().lower(Local.r.expression, &functions)
    return [
      .variable(.float, Local.y, x.limited(from: -Self.highest)),
      .assign(y, y.limited(to: Self.highest)),
      .constant(.float, Local.z, y.magnitude),
      .variable(.float, Local.s, z * z),
    ] + Self.center.statements(Local.p, of: s) + [
      .constant(.float, Local.center, y * (.float(0.5) + y * Local.p.expression)),
      .variable(.float, Local.high, .floatOfBits(.bitPattern(z) & .bits(0xFFFF_F000))),
      .constant(.float, Local.low, ((z - high) * (z + high)) * .float(0.5)),
      .assign(high, (high * high) * .float(0.5)),
      .assign(high, -high),
    ] + ExponentialReduction.statements(of: high, minus: low) + [
      .assign(s, .float(1) / (z + .float(Self.pole))),
      .constant(.float, Identifier("t"), (z - .float(Self.pole)) * s),
    ] + Self.tail.statements(Local.q, of: Identifier("t").expression) + [
      .constant(.float, g, Local.q.expression * s),
      .constant(
        .float, Local.e,
        (g.expression + g.expression * remainder) * ExponentialReduction.power(shiftedBy: 32)),
      .constant(
        .float, Local.tail,
        .conditional(
          .float(0) > x, then: (y * e) * .float(0x1p-32),
          else: x * (.float(1) - e * .float(0x1p-32)))),
      .give(
        .conditional(
          .float(Self.boundary) > z, then: Local.center.expression, else: Local.tail.expression)),
    ]
  }
}
