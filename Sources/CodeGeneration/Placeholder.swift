import SafetyLayers
public struct EmittedProgram: Sendable, Hashable {
  public struct File: Sendable, Hashable { public let name: String; public let contents: [UInt8] }
  public let header: File
  public let source: File
  public var files: [File] { [header, source] }
}
public func emit(_ program: SafetyProgram, compilerVersion: String, amongNetworks: [String] = []) -> EmittedProgram { preconditionFailure() }
