import LoopIR
import SafetyLayers

/// The names of one emitted program. Everything that a linker or another file of the same program can
/// see starts with the program's prefix, which no other network of the specification has.
struct Names: Sendable {
  /// For example: `acas_xu_n_1_1`. Lower-case letters, digits and single underscores; starts with a
  /// letter and holds an underscore, so that with any suffix it is no keyword and no name of libc.
  let prefix: String
  private let upperPrefix: String
  let outputs: [Identifier]
  let properties: [Identifier]

  /// - Parameter networks: every network of the specification, so that two names that look alike in C
  ///   are told apart.
  init(_ program: SafetyProgram, among networks: [String]) {
    let prefix = Names.prefix(spec: program.specName, network: program.networkName, among: networks)
    let upper = prefix.uppercased()
    self.prefix = prefix
    upperPrefix = upper
    outputs = Names.distinct(program.interface.outputs).map { Identifier("\(upper)_OUTPUT_\($0)") }
    properties = Names.distinct(program.guards.map(\.property.name)).map {
      Identifier("\(upper)_PROPERTY_\($0)")
    }
  }

  var headerFile: String { prefix + ".h" }
  var sourceFile: String { prefix + ".c" }

  // MARK: Interface

  var includeGuard: Identifier { upper("H") }
  var inputCount: Identifier { upper("INPUTS") }
  var outputCount: Identifier { upper("OUTPUTS") }
  var propertyCount: Identifier { upper("PROPERTIES") }
  var activeWords: Identifier { upper("ACTIVE_WORDS") }
  var statusOK: Identifier { upper("STATUS_OK") }
  var statusRepaired: Identifier { upper("STATUS_REPAIRED") }
  var statusAbstained: Identifier { upper("STATUS_ABSTAINED") }
  var noReason: Identifier { upper("REASON_NONE") }
  var result: Identifier { prefixed("result") }
  var infer: Identifier { prefixed("infer") }

  func reason(_ reason: AbstentionReason) -> Identifier {
    switch reason {
    case .nanInput: upper("REASON_NAN_INPUT")
    case .infiniteInput: upper("REASON_INFINITE_INPUT")
    case .outOfDomainInput: upper("REASON_OUT_OF_DOMAIN_INPUT")
    case .nonFiniteScore: upper("REASON_NON_FINITE_SCORE")
    case .conflict: upper("REASON_CONFLICT")
    case .unlistedActivation: upper("REASON_UNLISTED_ACTIVATION")
    case .unrepaired: upper("REASON_UNREPAIRED")
    }
  }

  // MARK: Functions and tables of the source

  /// The names that C needs besides the program's.
  var c: CNames {
    CNames(
      bitsOfFloat: self[.bitsOfFloat], floatOfBits: self[.floatOfBits], laneLoop: upper("LANE_LOOP"),
      tileLoop: upper("TILE_LOOP"), aligned: upper("ALIGNED"))
  }

  /// For example: `acas_xu_n_1_1_decide`.
  subscript(role: Role) -> Identifier { prefixed(role.rawValue) }

  /// For example: `acas_xu_n_1_1_weights_3`.
  subscript(role: NumberedRole, number: Int) -> Identifier { prefixed("\(role.rawValue)_\(number)") }

  enum Role: String, Sendable {
    case abstain
    case accumulate
    case addProduct = "add_product"
    case active
    case checkInputs = "check_inputs"
    case bitsOfFloat = "bits_of_float"
    case classifyInput = "classify_input"
    case decide
    case decideRow = "decide_row"
    case deliver
    case disjunctWindows = "disjunct_windows"
    case deadlineIndex = "deadline_index"
    case deadlineEarliest = "deadline_earliest"
    case deadlineEnd = "deadline_end"
    case evaluateGuards = "evaluate_guards"
    case findRow = "find_row"
    case floatOfBits = "float_of_bits"
    case hasBetter = "has_better"
    case hasWorse = "has_worse"
    case holds
    case isBest = "is_best"
    case isGreater = "is_greater"
    case isStrange = "is_strange"
    case leastOrder = "least_order"
    case lowerValues = "lower_values"
    case moveToBetter = "to_better"
    case moveToWorse = "to_worse"
    case normalize
    case orderDisjunct = "order_disjunct"
    case pending
    case precedenceAfter = "precedence_after"
    case precedenceBefore = "precedence_before"
    case raiseValues = "raise_values"
    case rankOutputs = "rank_outputs"
    case rawChoice = "raw_choice"
    case repair
    case rowActivation = "row_activation"
    case rowHolds = "row_holds"
    case rowDisjuncts = "row_disjuncts"
    case rowStart = "row_start"
    case schedulable
    case scoresAreFinite = "scores_are_finite"
    case successorStart = "successor_start"
    case tieOrder = "tie_order"
    case tiePriority = "tie_priority"
    case windowEarliest = "window_earliest"
    case windowEnd = "window_end"
    case windowOutput = "window_output"
  }

  enum NumberedRole: String, Sendable {
    case coefficient = "linear_coefficient"
    case disjunct
    case linear
    case post
    case property
  }

  // MARK: Fields and local names

  static let scores = Identifier("scores")
  static let choice = Identifier("choice")
  static let status = Identifier("status")
  static let reason = Identifier("reason")
  static let active = Identifier("active")

  static let input = Identifier("input")
  static let output = Identifier("output")
  static let result = Identifier("result")
  static let raw = Identifier("raw")
  static let scratch = Identifier("scratch")
  static let row = Identifier("row")
  static let i = Identifier("i")
  static let j = Identifier("j")
  static let k = Identifier("k")
  static let value = Identifier("value")
  static let bits = Identifier("bits")
  static let other = Identifier("other")
  static let left = Identifier("left")
  static let right = Identifier("right")
  static let best = Identifier("best")
  static let worst = Identifier("worst")
  static let count = Identifier("count")
  static let seen = Identifier("seen")
  static let byRank = Identifier("by_rank")
  static let disjunct = Identifier("disjunct")
  static let first = Identifier("first")
  static let end = Identifier("end")
  static let place = Identifier("place")
  static let places = Identifier("places")
  static let order = Identifier("order")
  static let candidate = Identifier("candidate")
  static let canStart = Identifier("can_start")
  static let found = Identifier("found")
  static let tied = Identifier("tied")
  static let waiting = Identifier("waiting")
  static let word = Identifier("word")
  static let limit = Identifier("limit")
  static let limits = Identifier("limits")
  static let values = Identifier("values")
  static let sorted = Identifier("sorted")
  static let start = Identifier("start")
  static let steps = Identifier("steps")
  static let finite = Identifier("finite")
  static let hasTies = Identifier("has_ties")
  static let holds = Identifier("holds")
  static let step = Identifier("step")
  static let low = Identifier("low")
  static let next = Identifier("next")
  static let sum = Identifier("sum")
  static let above = Identifier("above")
  static let below = Identifier("below")
  static let words = Identifier("words")
  static let hidden = Identifier("hidden_bit")
  static let magnitude = Identifier("magnitude")
  static let weight = Identifier("weight")
  static let mantissa = Identifier("mantissa")
  static let exponent = Identifier("exponent")
  static let shift = Identifier("shift")
  static let offset = Identifier("offset")
  static let carry = Identifier("carry")
  static let product = Identifier("product")
  static let placed = Identifier("placed")
  static let taken = Identifier("taken")
  static let urgent = Identifier("urgent")
  static let p = Identifier("p")
  static let isLimited = Identifier("is_limited")
  static let pick = Identifier("pick")
  static let hint = Identifier("failed_end")
  static let open = Identifier("open")
  static let weights = Identifier("weights")
  static let bias = Identifier("bias")
  static let stride = Identifier("stride")
  static let inputs = Identifier("inputs")
  static let repaired = Identifier("repaired")
  static let sums = Identifier("sums")
  static let x = Identifier("x")

  private func upper(_ suffix: String) -> Identifier { Identifier("\(upperPrefix)_\(suffix)") }
  private func prefixed(_ suffix: String) -> Identifier { Identifier("\(prefix)_\(suffix)") }
}

// MARK: From names of a specification to parts of C names

extension Names {
  /// The sanitised names of specification and network. Networks of one specification that would look
  /// alike get their names' bytes in hexadecimal as well.
  ///
  /// Injective: networks with different names get different prefixes.
  static func prefix(spec: String, network: String, among networks: [String]) -> String {
    let all = networks.contains(network) ? networks : networks + [network]
    let base = all.map { words($0, orElse: "network").joined(separator: "_") }
    var uses: [String: Int] = [:]
    for name in base { uses[name, default: 0] += 1 }
    let bytes = all.map { "x" + $0.utf8.map { String(256 + Int($0), radix: 16).dropFirst() }.joined() }
    var chosen = all.indices.map { uses[base[$0]] == 1 ? base[$0] : "\(base[$0])_\(bytes[$0])" }
    if Set(chosen).count < all.count { chosen = bytes }
    let start = words(spec, orElse: "spec").joined(separator: "_")
    let startsWithLetter = start.utf8.first.map { $0 >= UInt8(ascii: "a") } ?? false
    let name = all.firstIndex(of: network).map { chosen[$0] } ?? base[base.count - 1]
    return (startsWithLetter ? start : "s" + start) + "_" + name
  }

  /// The runs of ASCII letters and digits, in lower case. Other scalars that are letters count by
  /// their code points, so that a name in any script leaves something.
  private static func words(_ name: String, orElse fallback: String? = nil) -> [String] {
    var result: [String] = []
    var isOpen = false
    for scalar in name.unicodeScalars {
      let isWord =
        scalar.isASCII ? scalar.properties.isAlphabetic || scalar.properties.numericType != nil : true
      if isWord {
        if !isOpen { result.append("") }
        result[result.count - 1] +=
          scalar.isASCII ? String(scalar).lowercased() : "u" + String(scalar.value, radix: 16)
      }
      isOpen = isWord
    }
    return result.isEmpty ? fallback.map { [$0] } ?? [] : result
  }

  /// One upper-case part of a name for each of `names`, no two alike: those that would be alike get
  /// their positions.
  static func distinct(_ names: [String]) -> [String] {
    let plain = names.map { words($0).joined(separator: "_").uppercased() }
    var uses: [String: Int] = [:]
    for name in plain { uses[name, default: 0] += 1 }
    let marked = plain.indices.map {
      uses[plain[$0]] == 1 && plain[$0] != "" ? plain[$0] : "\(plain[$0])_\($0)"
    }
    if Set(marked).count == marked.count { return marked }
    return plain.indices.map { "\(plain[$0])_\($0)" }
  }
}
