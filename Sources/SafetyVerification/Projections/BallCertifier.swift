import CertifiedBounds
import ExactArithmetic
import NetworkIR
import SpecificationLanguage

/// Decides whether a program's choice is the same at every input within a distance of a point, by linear bounds alone, or by
/// searching the activation regions around it (Fromherz, Leino, Fredrikson, Parno and Pasareanu, "Fast Geometric Projections for Local
/// Robustness Certification", ICLR 2021), for networks of dense layers with ReLUs between.
///
/// **Theorem.** Let P be the program: it normalises in binary32, evaluates the network under its float semantics, and
/// ranks the scores. If the verdict at x is `robust`, then at every binary32 x' in the domains at the distance r or less
/// of x, P computes a score of its choice at x that is strictly better than each other score. If it is `notRobust`, then
/// P's choice at the input shown is another, and that input lies in the domains and, in exact arithmetic, in the ball.
///
/// *Proof.* What P computes at x' is a sequence of sums z_l as in ``BallBounds``, for some offset in the ``BallBox`` and some
/// errors within their bounds. Every form of ``BallBounds/form(of:layer:in:losses:)`` holds for all of these in its cell; a
/// cell is left only when forms that are at most 0 wherever the rival's score is not worse are proved to have no common
/// point in the ball; and the two parts of a split cell hold all of its inputs. The second half is by replay. []
public struct BallCertifier: Sendable {
  private let network: Network
  private let interface: Interface
  private let chain: ReluChain
  private let ball: MeasuredBall
  private let method: BallMethod
  /// Not below |W_1 e_0| for each row of the first layer.
  private let inputErrors: PaddedVector

  /// - Parameters:
  ///   - network: with the float semantics of the program.
  ///   - normalizationErrors: for each input, not below what the program's normalisation is off by over its domain.
  /// - Throws: the node that is neither a dense layer nor a ReLU between two.
  /// - Requires: the network has the interface's inputs and outputs; the radius is positive.
  public init(
    of network: Network, _ interface: Interface, norm: Norm, space: NormSpace, radius: Rational,
    by method: BallMethod, normalizationErrors: [UpperBound]
  ) throws(BallFailure) {
    self.network = network
    self.interface = interface
    self.method = method
    ball = MeasuredBall(interface.inputs, norm: norm, space: space, radius: radius)
    chain = try ReluChain(network, scales: ball.weightScales)
    let errors = ball.inputErrors(normalizationErrors.map(\.value))
    guard errors.contains(where: { $0 != 0 }) else {
      inputErrors = PaddedVector(count: chain.layers[0].width)
      return
    }
    let plain = try ReluChain(network, scales: interface.inputs.map { _ in 1 })
    var products = plain.layers[0].magnitudes.times(PaddedVector(errors))
    products.add(products, times: chain.rounding)
    inputErrors = products
  }

  /// - Requires: one number for each input.
  public func verdict(at point: [Float], limits: BallLimits) -> BallVerdict {
    verdict(at: point, radius: ball.radius, limits: limits, clock: ThreadClock())
  }

  /// The largest radius, up to that of the question, for which no other choice was found possible: by bisection between
  /// the largest radius that is proved and the nearest input with another choice.
  ///
  /// - Requires: one number for each input.
  public func certifiedRadius(at point: [Float], limits: BallLimits) -> CertifiedRadius {
    let clock = ThreadClock()
    let full = verdict(at: point, radius: ball.radius, limits: limits, clock: clock)
    var proved = 0.0
    var open = ball.radius.doubleNotBelow ?? .greatestFiniteMagnitude
    var nearest: NearbyInput?
    switch full.outcome {
    case .robust:
      return CertifiedRadius(radius: ball.radius.doubleNotAbove ?? 0, nearest: nil, verdict: full)
    case .outsideDomain: return CertifiedRadius(radius: 0, nearest: nil, verdict: full)
    case .unknown: break
    case .notRobust(let input): nearest = input
    }
    while clock.seconds < limits.seconds {
      open = min(open, nearest?.distance ?? open)
      let radius = (proved + open) / 2
      guard open - proved > 1e-3 * open, radius > proved, radius < open else { break }
      switch verdict(at: point, radius: Rational(radius), limits: limits, clock: clock).outcome {
      case .robust: proved = radius
      case .notRobust(let input):
        nearest = input
        open = min(open, radius)
      case .unknown, .outsideDomain: open = radius
      }
    }
    return CertifiedRadius(radius: proved, nearest: nearest, verdict: full)
  }

  private func verdict(
    at point: [Float], radius: Rational, limits: BallLimits, clock: ThreadClock
  ) -> BallVerdict {
    guard ball.contains(point) else {
      return BallVerdict(choice: -1, outcome: .outsideDomain, cellCount: 0)
    }
    guard let length = radius.doubleNotBelow, let choice = choice(at: point) else {
      return BallVerdict(choice: -1, outcome: .unknown(.overflow), cellCount: 0)
    }
    let isLate = { clock.seconds > limits.seconds }
    do throws(UnknownReason) {
      let bounds = try BallBounds(
        of: chain,
        at: BallBounds.Center(values: PaddedVector(ball.center(point)), errors: inputErrors),
        ball.box(around: point, radius: length), isLate: isLate)
      var search = RegionSearch(
        bounds, choice: choice, prefersLowest: interface.better == .lowest,
        replay: { replayed($0, from: point, choice, within: radius) })
      let outcome = search.outcome(method, cellLimit: limits.cells, isLate: isLate)
      return BallVerdict(choice: choice, outcome: outcome, cellCount: search.cellCount)
    } catch {
      return BallVerdict(choice: choice, outcome: .unknown(error), cellCount: 0)
    }
  }

  /// The input near an offset, if the program's choice there is another and it lies in the ball.
  private func replayed(
    _ offset: PaddedVector, from point: [Float], _ choice: Int, within radius: Rational
  ) -> NearbyInput? {
    let input = ball.input(at: offset, from: point)
    guard let other = self.choice(at: input), other != choice, ball.contains(input),
      ball.isWithin(radius, input, point)
    else { return nil }
    return NearbyInput(values: input, choice: other, distance: ball.distanceUpperBound(input, point))
  }

  /// The program's choice; `nil` where a score is not finite, so that it abstains.
  private func choice(at point: [Float]) -> Int? {
    let scores = network.evaluate(ball.normalized(point))
    return scores.allSatisfy(\.isFinite) ? interface.choice(by: scores) : nil
  }
}
