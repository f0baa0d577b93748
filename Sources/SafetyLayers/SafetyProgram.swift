import Diagnostics
import NetworkIR
import SpecificationLanguage

/// A network with its guards, repair and certified heads: what is interpreted, proved about and emitted.
///
/// Meaning, in this order (the article Guarantees):
/// 1. abstain if an input is NaN, infinite or outside its domain, each with its reason (the first such
///    input decides);
/// 2. normalise each input (``FloatNormalization``), run the network; abstain if a score is not finite;
/// 3. property `i` is active iff its condition holds of the physical inputs (and the raw choice) and
///    no overrider's condition does;
/// 4. look up the set of active properties; abstain with `conflict` if its row has no disjunct;
/// 5. return the raw scores if they satisfy a disjunct, else repair them (``repair(_:under:)``); disjuncts ask for
///    nothing that is known to hold without them (``droppingProvedProperties(_:)``);
/// 6. say for each `robust` clause whether that is certified of this result, and how far (the article
///    CertifiedDecisions); abstain if it is not and the clause asks for that.
public struct SafetyProgram: Sendable {
  public let specName: String
  public let specVersion: String
  public let specHash: ContentHash
  /// The files that the specification imports.
  public let imports: [(path: String, hash: ContentHash)]
  /// The values of parameters that were given from outside.
  public let definitions: [String]
  /// The network's name in the specification, such as `N[1,1]`.
  public let networkName: String
  public let interface: Interface
  public let network: Network
  /// The properties enforced on this network; bit `i` of activation sets is `guards[i]`.
  public let guards: [Guard]
  public let table: RepairTable
  public let certification: Certification
  /// What was proved of the network alone, over the real numbers.
  package(set) public var provedMargins: [ProvedMargins] = []

  package init(
    specName: String, specVersion: String, specHash: ContentHash,
    imports: [(path: String, hash: ContentHash)] = [], definitions: [String] = [], networkName: String,
    interface: Interface, network: Network, guards: [Guard], table: RepairTable,
    certification: Certification = .none
  ) {
    self.specName = specName
    self.specVersion = specVersion
    self.specHash = specHash
    self.imports = imports
    self.definitions = definitions
    self.networkName = networkName
    self.interface = interface
    self.network = network
    self.guards = guards
    self.table = table
    self.certification = certification
  }
}

/// A property as a program sees it.
public struct Guard: Sendable {
  public let property: Property
  /// Positions in ``SafetyProgram/guards`` of the properties that override this one.
  public let overriders: [Int]
  public let enforcement: Enforcement

  package init(property: Property, overriders: [Int], enforcement: Enforcement = .repair) {
    self.property = property
    self.overriders = overriders
    self.enforcement = enforcement
  }
}
