import LoopIR
import SafetyLayers

/// The names of one emitted program. Everything that a linker or another file of the same program can
/// see starts with the program's prefix, which no other network of the specification has.
struct Names: Sendable {
  let prefix: ProgramPrefix
  private let upperPrefix: String
  let outputs: [Identifier]
  let properties: [Identifier]
  let clauses: [Identifier]

  init(_ program: EmittableProgram, prefix: ProgramPrefix) {
    let upper = prefix.description.uppercased()
    self.prefix = prefix
    upperPrefix = upper
    outputs = Names.distinct(program.interface.outputNames).map { Identifier("\(upper)_OUTPUT_\($0)") }
    properties = Names.distinct(program.guards.map(\.property.name)).map {
      Identifier("\(upper)_PROPERTY_\($0)")
    }
    clauses = Names.distinct(program.certification.clauses.map(\.clause.name)).map {
      Identifier("\(upper)_CLAUSE_\($0)")
    }
  }

  var headerFile: String { "\(prefix).h" }
  var sourceFile: String { "\(prefix).c" }
  var weightsHeaderFile: String { "\(prefix)_weights.h" }
  var weightsSourceFile: String { "\(prefix)_weights.c" }
  var weightsBinaryFile: String { "\(prefix)_weights.bin" }
  var selfCheckFile: String { "\(prefix)_selfcheck.c" }

  // MARK: Interface

  var includeGuard: Identifier { upper("H") }
  var inputCount: Identifier { upper("INPUTS") }
  var outputCount: Identifier { upper("OUTPUTS") }
  var propertyCount: Identifier { upper("PROPERTIES") }
  var activeWords: Identifier { upper("ACTIVE_WORDS") }
  var clauseCount: Identifier { upper("CLAUSES") }
  var certifiedWords: Identifier { upper("CERTIFIED_WORDS") }
  var noReason: Identifier { upper("REASON_NONE") }
  var result: Identifier { prefixed("result") }
  var infer: Identifier { prefixed("infer") }
  var inferBatch: Identifier { prefixed("infer_batch") }
  var scratchCount: Identifier { upper("SCRATCH") }
  var weightsGuard: Identifier { upper("WEIGHTS_H") }
  var noWeights: Identifier { upper("REASON_NO_WEIGHTS") }
  /// The structure through which a program finds weights that were loaded, and the function that loads them.
  var weightsType: Identifier { prefixed("weights") }
  var load: Identifier { prefixed("load") }
  /// The macros that a self-check obeys.
  var selfCheckPrints: Identifier { upper("SELFCHECK_PRINTS") }
  var selfCheckWithoutMain: Identifier { upper("SELFCHECK_WITHOUT_MAIN") }
  func loadStatus(_ status: LoadStatus) -> Identifier { upper("LOAD_" + status.name) }

  func status(_ status: EmittedStatus) -> Identifier {
    switch status {
    case .ok: upper("STATUS_OK")
    case .repaired: upper("STATUS_REPAIRED")
    case .abstained: upper("STATUS_ABSTAINED")
    }
  }

  func reason(_ reason: AbstentionReason) -> Identifier {
    switch reason {
    case .nanInput: upper("REASON_NAN_INPUT")
    case .infiniteInput: upper("REASON_INFINITE_INPUT")
    case .outOfDomainInput: upper("REASON_OUT_OF_DOMAIN_INPUT")
    case .nonFiniteScore: upper("REASON_NON_FINITE_SCORE")
    case .conflict: upper("REASON_CONFLICT")
    case .unlistedActivation: upper("REASON_UNLISTED_ACTIVATION")
    case .unrepaired: upper("REASON_UNREPAIRED")
    case .uncertified: upper("REASON_UNCERTIFIED")
    }
  }

  // MARK: Functions and tables of the source

  /// The names that C needs besides the program's.
  var c: CNames {
    CNames(
      bitsOfFloat: self[.bitsOfFloat], floatOfBits: self[.floatOfBits], laneLoop: upper("LANE_LOOP"),
      tileLoop: upper("TILE_LOOP"), aligned: upper("ALIGNED"), exactMultiplyAdd: upper("MULTIPLY_ADD"))
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
    case certify
    case classifyInput = "classify_input"
    case decide
    case decideRow = "decide_row"
    case deliver
    case disjunctWindows = "disjunct_windows"
    case deadlineIndex = "deadline_index"
    case deadlineEarliest = "deadline_earliest"
    case deadlineEnd = "deadline_end"
    case evaluateGuards = "evaluate_guards"
    case findBest = "find_best"
    case findRow = "find_row"
    case firsts
    case floatOfBits = "float_of_bits"
    case hasBetter = "has_better"
    case hasWorse = "has_worse"
    case hash
    case hashBlock = "hash_block"
    case hashConstants = "hash_constants"
    case hashExpected = "weights_header"
    case hashOfWeights = "weights_hash"
    case holds
    case inferBatchIn = "infer_batch_in"
    case inferIn = "infer_in"
    case isBest = "is_best"
    case isGreater = "is_greater"
    case isStrange = "is_strange"
    case leastOrder = "least_order"
    case lowerValues = "lower_values"
    case memory
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
    case rowIsFree = "row_is_free"
    case rowDisjuncts = "row_disjuncts"
    case rotated
    case rowStart = "row_start"
    case schedulable
    case scoresAreFinite = "scores_are_finite"
    case selfCheck = "selfcheck"
    case selfCheckBases = "selfcheck_bases"
    case selfCheckCases = "selfcheck_cases"
    case selfCheckFused = "selfcheck_fused"
    case selfCheckInput = "selfcheck_input"
    case selfCheckOutcomes = "selfcheck_outcomes"
    case selfCheckResult = "selfcheck_result"
    case selfCheckScratch = "selfcheck_scratch"
    case selfCheckWeights = "selfcheck_weights"
    case successorStart = "successor_start"
    case symmetricDifference = "symmetric_difference"
    case tieOrder = "tie_order"
    case tiePriority = "tie_priority"
    case windowEarliest = "window_earliest"
    case windowEnd = "window_end"
    case windowOutput = "window_output"
  }

  enum NumberedRole: String, Sendable {
    case certify
    case clauseGroups = "clause_groups"
    case coefficient = "linear_coefficient"
    case disjunct
    case errors = "head_errors"
    case inverses = "head_inverses"
    case keep
    case linear
    case possibly
    case post
    case property
    case steady
    case surely
    case thresholds = "head_thresholds"
  }

  // MARK: Fields and local names

  static let scores = Identifier("scores")
  static let choice = Identifier("choice")
  static let status = Identifier("status")
  static let reason = Identifier("reason")
  static let active = Identifier("active")
  static let certified = Identifier("certified")
  static let radius = Identifier("radius")

  static let input = Identifier("input")
  static let inputList = Identifier("input_list")
  static let results = Identifier("results")
  static let isLoaded = Identifier("is_loaded")
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
  static let repaired = Identifier("repaired")
  static let sums = Identifier("sums")
  static let x = Identifier("x")
  static let kept = Identifier("kept")
  static let margin = Identifier("margin")
  static let pair = Identifier("pair")
  static let distance = Identifier("distance")
  static let surely = Identifier("surely")
  static let possibly = Identifier("possibly")
  static let activeSurely = Identifier("active_surely")
  static let activePossibly = Identifier("active_possibly")
  static func shared(_ word: Int) -> Identifier { Identifier("shared_\(word)") }

  private func upper(_ suffix: String) -> Identifier { Identifier("\(upperPrefix)_\(suffix)") }
  private func prefixed(_ suffix: String) -> Identifier { Identifier("\(prefix)_\(suffix)") }
}

// MARK: From names of a specification to parts of C names

extension Names {
  /// One upper-case part of a name for each of `names`, no two alike: those that would be alike get
  /// their positions.
  static func distinct(_ names: [String]) -> [String] {
    let plain = names.map { nameWords($0).joined(separator: "_").uppercased() }
    var uses: [String: Int] = [:]
    for name in plain { uses[name, default: 0] += 1 }
    let marked = plain.indices.map {
      uses[plain[$0]] == 1 && plain[$0] != "" ? plain[$0] : "\(plain[$0])_\($0)"
    }
    if Set(marked).count == marked.count { return marked }
    return plain.indices.map { "\(plain[$0])_\($0)" }
  }
}
