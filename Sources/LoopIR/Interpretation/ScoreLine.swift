// Trusted: the runs stand for all finite scores; no case is left out.

/// Scores of which nothing is known but that they are finite: a run of a program on them stands for its runs on all
/// scores that compare alike.
///
/// The finite binary32 numbers, with the two zeros as one, lie like the integers between two ends, and the next number
/// beyond an end is infinity. Code that only copies scores, compares them and moves them to neighbours does so on this
/// line. A score is written as one of the given ones (or an end) and a distance from it. Each comparison that what is
/// known does not decide is decided both ways, in different runs; what it says is then known. Known facts are bounds on
/// differences, closed under addition, so that a decision is never one that no integers satisfy.
public final class ScoreLine {
  /// How many decisions ran out: the run is one of too many.
  public struct TooManyRuns: Error {}

  /// Code that computes with scores otherwise than by comparing, copying and moving them to neighbours: what it does
  /// on other scores cannot be known from a run on the line.
  public struct Unsupported: Error {}

  private let points: Int
  /// `bounds[a * points + b]` is an upper bound of point a - point b.
  private var bounds: [Int]
  private let script: [Bool]
  private var decisions: [Bool] = []
  private var alternatives: [[Bool]] = []

  /// Steps from the least finite number to the greatest: two zeros are one.
  private static let length: Int = 2 * Int(Float.greatestFiniteMagnitude.bitPattern)
  private static let tag: UInt64 = 0x8000_0000_0000_0000
  private static let origin: Int = 1_000_000

  private init(scores: Int, script: [Bool]) {
    points = scores + 2
    self.script = script
    let (least, greatest) = (scores, scores + 1)
    bounds = [Int](repeating: ScoreLine.length, count: points * points)
    for point in 0..<points { bounds[point * points + point] = 0 }
    for point in 0..<points {
      bounds[least * points + point] = 0
      bounds[point * points + greatest] = 0
    }
    bounds[least * points + greatest] = -ScoreLine.length
  }

  /// Runs `body` until every decision was made both ways.
  ///
  /// - Returns: how often it ran.
  /// - Throws: ``TooManyRuns`` after `limit` runs, and what `body` throws.
  public static func explore(scores: Int, limit: Int, _ body: (ScoreLine) throws -> Void) throws -> Int {
    var scripts: [[Bool]] = [[]]
    var runs = 0
    while let script = scripts.popLast() {
      if runs == limit { throw TooManyRuns() }
      let line = ScoreLine(scores: scores, script: script)
      try body(line)
      scripts += line.alternatives
      runs += 1
    }
    return runs
  }

  // MARK: Scores as cells of the interpreter

  /// One of the given scores.
  public func score(_ index: Int) -> UInt64 { ScoreLine.cell(point: index, distance: 0) }

  private static func cell(point: Int, distance: Int) -> UInt64 {
    tag | UInt64(point) << 32 | UInt64(origin + distance)
  }

  private func position(of cell: UInt64) throws(Unsupported) -> (point: Int, distance: Int) {
    if cell & ScoreLine.tag != 0 {
      return (Int((cell & ~ScoreLine.tag) >> 32), Int(cell & UInt64(UInt32.max)) - ScoreLine.origin)
    }
    switch Float(bitPattern: UInt32(truncatingIfNeeded: cell)) {
    case -Float.greatestFiniteMagnitude: return (points - 2, 0)
    case Float.greatestFiniteMagnitude: return (points - 1, 0)
    default: throw Unsupported()
    }
  }

  // MARK: What programs do with scores

  /// - Throws: where `sign` does not compare, or a cell is neither a score nor an end of the range.
  public func compare(_ a: UInt64, _ sign: Expression.Binary, _ b: UInt64) throws(Unsupported) -> Bool {
    switch sign {
    case .less: try isBelow(a, b, by: 1)
    case .lessOrEqual: try isBelow(a, b, by: 0)
    case .greater: try isBelow(b, a, by: 1)
    case .greaterOrEqual: try isBelow(b, a, by: 0)
    case .equal: try areEqual(a, b)
    case .notEqual: try !areEqual(a, b)
    case .add, .subtract, .multiply, .divide, .shiftLeft, .shiftRight, .bitAnd, .bitOr: throw Unsupported()
    }
  }

  private func areEqual(_ a: UInt64, _ b: UInt64) throws(Unsupported) -> Bool {
    if try !isBelow(a, b, by: 0) { return false }
    return try isBelow(b, a, by: 0)
  }

  /// What arithmetic on scores means: `cell + 1` is the next number upwards, `cell - 1` downwards. Infinities are their
  /// own neighbours outwards.
  func moved(_ cell: UInt64, _ sign: Expression.Binary, by step: UInt64) throws(Unsupported) -> UInt64 {
    guard step == UInt64(Float(1).bitPattern), sign == .add || sign == .subtract else { throw Unsupported() }
    let upwards = sign == .add
    let (point, distance) = try position(of: cell)
    let end = ScoreLine.cell(point: points - (upwards ? 1 : 2), distance: 0)
    let isInfinite = try upwards ? isBelow(end, cell, by: 1) : isBelow(cell, end, by: 1)
    return isInfinite ? cell : ScoreLine.cell(point: point, distance: distance + (upwards ? 1 : -1))
  }

  public func isFinite(_ cell: UInt64) throws(Unsupported) -> Bool {
    if try !isBelow(ScoreLine.cell(point: points - 2, distance: 0), cell, by: 0) { return false }
    return try isBelow(cell, ScoreLine.cell(point: points - 1, distance: 0), by: 0)
  }

  /// Whether a + gap <= b; decided here if it was not before.
  private func isBelow(_ a: UInt64, _ b: UInt64, by gap: Int) throws(Unsupported) -> Bool {
    let (left, right) = try (position(of: a), position(of: b))
    let most = right.distance - left.distance - gap
    if bounds[left.point * points + right.point] <= most { return true }
    if bounds[right.point * points + left.point] < -most { return false }
    let isYes: Bool
    if decisions.count < script.count {
      isYes = script[decisions.count]
    } else {
      isYes = true
      alternatives.append(decisions + [false])
    }
    decisions.append(isYes)
    if isYes {
      know(left.point, minus: right.point, atMost: most)
    } else {
      know(right.point, minus: left.point, atMost: -most - 1)
    }
    return isYes
  }

  /// Adds a fact, and all that follows from it by adding two or three.
  private func know(_ a: Int, minus b: Int, atMost most: Int) {
    for first in 0..<points {
      let before = bounds[first * points + a] + most
      for second in 0..<points {
        let through = before + bounds[b * points + second]
        if through < bounds[first * points + second] { bounds[first * points + second] = through }
      }
    }
  }
}
