import ExactArithmetic
import NetworkIR
import SafetyLayers
import SpecificationLanguage

/// What a program takes and returns, as emitted code sees it.
struct ProgramInterface: Sendable {
  struct Input: Sendable {
    /// Empty where inputs have no names of their own.
    let name: String
    let unit: String
    let domain: Domain?
    let lowest: Float
    let highest: Float
    let normalization: FloatNormalization

    init(_ scalar: InputScalar) {
      name = scalar.name
      unit = scalar.unit
      domain = scalar.domain
      lowest = scalar.lowest
      highest = scalar.highest
      normalization = FloatNormalization(scalar.normalization)
    }

    /// Any finite number, which the network takes as it is.
    init() {
      name = ""
      unit = ""
      domain = nil
      lowest = -.greatestFiniteMagnitude
      highest = .greatestFiniteMagnitude
      normalization = FloatNormalization(.identity)
    }
  }

  let inputs: [Input]
  let outputCount: Int
  /// The outputs' names; empty where they have none.
  let outputNames: [String]
  let better: Better
  /// Output indices, the one preferred on ties first.
  let tieOrder: [Int]

  init(_ interface: Interface) {
    inputs = interface.inputs.map(Input.init)
    outputCount = interface.outputs.count
    outputNames = interface.outputs
    better = interface.better
    tieOrder = interface.tieOrder
  }

  init(_ plain: PlainNetwork) {
    inputs = [Input](repeating: Input(), count: plain.network.inputCount)
    outputCount = plain.network.outputCount
    outputNames = []
    better = plain.better
    tieOrder = Array(0..<plain.network.outputCount)
  }
}
