import Diagnostics

/// A specification in which names, units, shapes and domains agree and every family is expanded.
///
/// Made only by ``check(_:reportingTo:)``: holding one is the evidence that the check passed. Literals
/// are exact, conditions are in negation normal form over typed atoms, posts are reduced to
/// precedences and places.
public struct CheckedSpec: Sendable {
  public let name: String
  public let version: String
  public let source: SourceFile
  /// The files that it imports, every one behind those that it imports itself, with their paths relative
  /// to the specification's folder.
  public let imports: [(path: String, source: SourceFile)]
  /// The values of parameters that were given from outside, as given.
  public let definitions: [String]
  public let interfaces: [Interface]
  /// Every member of every family, in order of declaration, later indices fastest.
  public let networks: [NetworkInstance]
  /// Every instance of every `enforce`, in order of declaration.
  public let properties: [Property]
  /// Every instance of every `verify` and `monitor`, in order of declaration.
  public let rawProperties: [RawProperty]
  public let robustness: [RobustnessClause]
  public let lipschitz: [LipschitzClause]
  /// Networks that some `except` names: ascending indices into ``networks``.
  public let excepted: [Int]
  public let expectations: [Expectation]
}

/// One network: a member of a family (`N[1,1]`) or a single one (`Policy`).
public struct NetworkInstance: Sendable {
  /// As users write it, without blanks: `N[1,1]`, `Policy`.
  public let name: String
  /// Index into ``CheckedSpec/interfaces``.
  public let interface: Int
  /// The model's path as the specification says it, placeholders filled in; relative to the
  /// specification's folder or `--models`.
  public let modelPath: String
  /// Whether the specification asks to compare itself with the model's header.
  public let checksHeader: Bool
  /// The properties enforced on this network: ascending indices into ``CheckedSpec/properties``.
  public let properties: [Int]
  public let range: SourceRange

  package init(
    name: String, interface: Int, modelPath: String, checksHeader: Bool, properties: [Int], range: SourceRange
  ) {
    self.name = name
    self.interface = interface
    self.modelPath = modelPath
    self.checksHeader = checksHeader
    self.properties = properties
    self.range = range
  }
}

/// One instance of an `enforce` declaration: whenever `condition` holds (and no overriding property's
/// does), the scores must satisfy `post`.
public struct Property: Sendable {
  /// `p3`, or `avoid[left]` for a member of a family.
  public let name: String
  /// The text in quotes after the name; empty if there is none.
  public let title: String
  /// Index into ``CheckedSpec/interfaces``.
  public let interface: Int
  public let condition: Condition
  public let post: Post
  /// Properties that override this one: ascending indices into ``CheckedSpec/properties``. This one is
  /// active iff its own condition holds and none of theirs does.
  public let overriders: [Int]
  /// Where it is said that each of ``overriders`` overrides this one.
  public let overrideRanges: [SourceRange]
  /// Whether the condition is the word `true`; others may hold always all the same.
  public let isUnconditional: Bool
  /// The declaration's name, for diagnostics.
  public let range: SourceRange

  package init(
    name: String, title: String, interface: Int, condition: Condition, post: Post, overriders: [Int],
    overrideRanges: [SourceRange] = [], isUnconditional: Bool = false, range: SourceRange
  ) {
    self.name = name
    self.title = title
    self.interface = interface
    self.condition = condition
    self.post = post
    self.overriders = overriders
    self.overrideRanges = overrideRanges
    self.isUnconditional = isUnconditional
    self.range = range
  }
}
