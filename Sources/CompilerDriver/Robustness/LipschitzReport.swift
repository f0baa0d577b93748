import CertifiedBounds
import Diagnostics
import ModelImport
import NetworkIR

/// What `ordain lipschitz` says of a model: how far two outputs are apart at most, for inputs that are one apart.
public struct LipschitzReport: Sendable {
  struct Layer: Sendable {
    let name: String
    let operation: String
    let bound: LayerBound
    /// Of the network up to here.
    let soFar: UpperBound
    /// Untrusted; `nil` where the bound is the operator's definition.
    let estimate: Double?
    /// How long the bound took.
    let seconds: Double
  }

  let network: Network
  /// The model's file, for messages.
  let path: String
  let model: String
  let inputCount: Int
  let outputCount: Int
  let layers: [Layer]
  let bound: LipschitzBound
  /// Lower bounds of pairs, if there are some.
  let tight: TightBounds?
  /// How long it took to look for them.
  let tightSeconds: Double
  /// What importing the model had to say.
  public let diagnostics: DiagnosticSet

  /// - Throws: what is wrong with the model, and a diagnostic that names the node without a bound.
  public init(model path: String, progress: (String) -> Void) throws(DiagnosticSet) {
    var diagnostics = DiagnosticSet()
    let network = try importModel(atPath: path, reportingTo: &diagnostics).network
    var times: [Double] = []
    var start = ContinuousClock.now
    progress("bounding \(network.nodes.count) layers")
    do throws(LipschitzFailure) {
      bound = try LipschitzBound(of: network) { position in
        times.append(seconds(since: start))
        progress("bounded layer \(position + 1) of \(network.nodes.count)")
        start = ContinuousClock.now
      }
    } catch {
      diagnostics.report(
        .noLipschitzBound(error, of: network.identity.name, at: .file(name: path, place: nil)))
      throw diagnostics
    }
    progress("looking for tighter bounds")
    start = ContinuousClock.now
    tight = TightBounds(of: network, bound)
    tightSeconds = seconds(since: start)
    progress("estimating how tight the bounds are")
    var layers: [Layer] = []
    for (position, node) in network.nodes.enumerated() {
      layers.append(
        Layer(
          name: node.name, operation: node.operation.implementation.text, bound: bound.layers[position],
          soFar: bound.values[position + 1],
          estimate: estimatedNorm(of: node, input: network.shape(of: node.operands[0])),
          seconds: times[position]))
    }
    self.layers = layers
    self.diagnostics = diagnostics
    self.network = network
    self.path = path
    model = network.identity.name
    inputCount = network.inputCount
    outputCount = network.outputCount
    progress("")
  }
}

extension LipschitzReport.Layer {
  /// The factors of the operands' distances; empty for a rule that adds nothing to the distance of an earlier value.
  var factors: [UpperBound] {
    if let block = bound.block { return [block.factor] }
    return switch bound.rule {
    case .factor(let factor): [factor]
    case .sum(let factors), .rootOfSquares(let factors): factors
    case .minMax, .minMaxOfPair: []
    }
  }

  /// How much the bound is above the estimate, relative to it; `nil` where there is none.
  var overestimate: Double? {
    guard let estimate, estimate > 0, case .factor(let factor) = bound.rule else { return nil }
    return max(0, factor.value / estimate - 1)
  }
}
