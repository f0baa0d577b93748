import NetworkIR
import SafetyLayers

/// What code is emitted for: a network with its safety properties, or a network alone.
public struct EmittableProgram: Sendable {
  enum Kind: Sendable {
    case safe(SafetyProgram)
    case plain(PlainNetwork)
  }

  let kind: Kind
  let interface: ProgramInterface

  public init(_ program: SafetyProgram) {
    precondition(
      program.network.outputCount == program.interface.outputs.count,
      "the network has the interface's outputs")
    precondition(
      program.network.inputCount == program.interface.inputs.count, "the network has the interface's inputs")
    precondition(!program.table.rows.isEmpty, "a domain that is not empty has a feasible activation set")
    kind = .safe(program)
    interface = ProgramInterface(program.interface)
  }

  public init(_ plain: PlainNetwork) {
    kind = .plain(plain)
    interface = ProgramInterface(plain)
  }

  public var networkName: String {
    switch kind {
    case .safe(let program): program.networkName
    case .plain(let plain): plain.name
    }
  }

  public var network: Network {
    switch kind {
    case .safe(let program): program.network
    case .plain(let plain): plain.network
    }
  }

  /// The properties enforced; empty for a plain network.
  var guards: [Guard] {
    switch kind {
    case .safe(let program): program.guards
    case .plain: []
    }
  }

  /// The repair table; without rows for a plain network.
  var table: RepairTable {
    switch kind {
    case .safe(let program): program.table
    case .plain: RepairTable(rows: [])
    }
  }

  /// What is certified; nothing of a plain network.
  var certification: Certification {
    switch kind {
    case .safe(let program): program.certification
    case .plain: .none
    }
  }

  /// What the emitted code returns for `input`, bit for bit.
  public func infer(_ input: [Float]) -> InferenceResult {
    switch kind {
    case .safe(let program): program.infer(input)
    case .plain(let plain): plain.infer(input)
    }
  }
}
