import NetworkIR

/// What importing a model file yields.
public struct ImportedModel: Sendable {
  public let network: Network
  /// What an NNet file says about its inputs and output besides the network itself; `nil` for formats
  /// that say nothing.
  public let header: NNetHeader?

  public init(network: Network, header: NNetHeader?) {
    self.network = network
    self.header = header
  }
}
