import SafetyLayers

/// A C identifier. Made only in this file, so that every name in emitted code is decided here.
struct CName: Sendable, Hashable {
  let spelling: String

  fileprivate init(_ spelling: String) { self.spelling = spelling }
}

/// The names of one emitted program. Everything that a linker or another file of the same program can
/// see starts with the program's prefix, which no other network of the specification has.
struct Names: Sendable {
  /// For example: `acas_xu_n_1_1`. Lower-case letters, digits and single underscores; starts with a
  /// letter and holds an underscore, so that with any suffix it is no keyword and no name of libc.
  let prefix: String
  private let upperPrefix: String
  let outputs: [CName]
  let properties: [CName]

  /// - Parameter networks: every network of the specification, so that two names that look alike in C
  ///   are told apart.
  init(_ program: SafetyProgram, among networks: [String]) {
    let prefix = Names.prefix(spec: program.specName, network: program.networkName, among: networks)
    let upper = prefix.uppercased()
    self.prefix = prefix
    upperPrefix = upper
    outputs = Names.distinct(program.interface.outputs).map { CName("\(upper)_OUTPUT_\($0)") }
    properties = Names.distinct(program.guards.map(\.property.name)).map { CName("\(upper)_PROPERTY_\($0)") }
  }

  var headerFile: String { prefix + ".h" }
  var sourceFile: String { prefix + ".c" }

  // MARK: Interface

  var includeGuard: CName { upper("H") }
  var inputCount: CName { upper("INPUTS") }
  var outputCount: CName { upper("OUTPUTS") }
  var propertyCount: CName { upper("PROPERTIES") }
  var activeWords: CName { upper("ACTIVE_WORDS") }
  var statusOK: CName { upper("STATUS_OK") }
  var statusRepaired: CName { upper("STATUS_REPAIRED") }
  var statusAbstained: CName { upper("STATUS_ABSTAINED") }
  var noReason: CName { upper("REASON_NONE") }
  var result: CName { prefixed("result") }
  var infer: CName { prefixed("infer") }

  func reason(_ reason: AbstentionReason) -> CName {
    switch reason {
    case .nanInput: upper("REASON_NAN_INPUT")
    case .infiniteInput: upper("REASON_INFINITE_INPUT")
    case .outOfDomainInput: upper("REASON_OUT_OF_DOMAIN_INPUT")
    case .nonFiniteScore: upper("REASON_NON_FINITE_SCORE")
    case .conflict: upper("REASON_CONFLICT")
    case .unlistedActivation: upper("REASON_UNLISTED_ACTIVATION")
    }
  }

  // MARK: Functions and tables of the source

  /// For example: `acas_xu_n_1_1_decide`.
  subscript(role: Role) -> CName { prefixed(role.rawValue) }

  /// For example: `acas_xu_n_1_1_weights_3`.
  subscript(role: NumberedRole, number: Int) -> CName { prefixed("\(role.rawValue)_\(number)") }

  enum Role: String, Sendable {
    case abstain
    case accumulate
    case active
    case checkInputs = "check_inputs"
    case classifyInput = "classify_input"
    case compareSums = "compare_sums"
    case countBetter = "count_better"
    case decide
    case disjunctWindows = "disjunct_windows"
    case deadlineIndex = "deadline_index"
    case deadlineEarliest = "deadline_earliest"
    case deadlineEnd = "deadline_end"
    case evaluateGuards = "evaluate_guards"
    case findRow = "find_row"
    case forward
    case holds
    case isStrange = "is_strange"
    case leastOrder = "least_order"
    case lowestBit = "lowest_bit"
    case lowestBitTable = "lowest_bit_table"
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
    case relu
    case repair
    case rowActivation = "row_activation"
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
    case affine
    case affineBlock = "affine_block"
    case bias
    case coefficient = "linear_coefficient"
    case combine
    case constant
    case linear
    case property
    case weights
  }

  // MARK: Fields and local names

  static let scores = CName("scores")
  static let choice = CName("choice")
  static let status = CName("status")
  static let reason = CName("reason")
  static let active = CName("active")

  static let input = CName("input")
  static let output = CName("output")
  static let result = CName("result")
  static let raw = CName("raw")
  static let row = CName("row")
  static let i = CName("i")
  static let j = CName("j")
  static let k = CName("k")
  static let value = CName("value")
  static let bits = CName("bits")
  static let other = CName("other")
  static let left = CName("left")
  static let right = CName("right")
  static let best = CName("best")
  static let worst = CName("worst")
  static let count = CName("count")
  static let seen = CName("seen")
  static let block = CName("block")
  static let rank = CName("rank")
  static let byRank = CName("by_rank")
  static let disjunct = CName("disjunct")
  static let first = CName("first")
  static let end = CName("end")
  static let place = CName("place")
  static let places = CName("places")
  static let order = CName("order")
  static let candidate = CName("candidate")
  static let swap = CName("swap")
  static let found = CName("found")
  static let tied = CName("tied")
  static let waiting = CName("waiting")
  static let ready = CName("ready")
  static let word = CName("word")
  static let limit = CName("limit")
  static let limits = CName("limits")
  static let values = CName("values")
  static let sorted = CName("sorted")
  static let start = CName("start")
  static let finite = CName("finite")
  static let distinct = CName("distinct")
  static let holds = CName("holds")
  static let step = CName("step")
  static let low = CName("low")
  static let sum = CName("sum")
  static let above = CName("above")
  static let below = CName("below")
  static let words = CName("words")
  static let hidden = CName("hidden_bit")
  static let mantissa = CName("mantissa")
  static let exponent = CName("exponent")
  static let shift = CName("shift")
  static let carry = CName("carry")
  static let product = CName("product")
  static let placed = CName("placed")
  static let taken = CName("taken")
  static let urgent = CName("urgent")
  static let pick = CName("pick")
  static let hint = CName("failed_end")
  static let open = CName("open")
  static let weights = CName("weights")
  static let bias = CName("bias")
  static let stride = CName("stride")
  static let inputs = CName("inputs")
  static let sums = CName("sums")
  static let x = CName("x")

  /// The local array of network value number `number`, or the buffer that it shares.
  static func buffer(_ number: Int) -> CName { CName("buffer_\(number)") }
  static func source(_ number: Int) -> CName { CName("operand_\(number)") }

  static let memcpy = CName("memcpy")

  private func upper(_ suffix: String) -> CName { CName("\(upperPrefix)_\(suffix)") }
  private func prefixed(_ suffix: String) -> CName { CName("\(prefix)_\(suffix)") }
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
