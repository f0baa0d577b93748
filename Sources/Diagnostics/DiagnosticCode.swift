/// The stable codes of all diagnostics. A code keeps its meaning for ever; wording may change.
///
/// 01xx syntax, 02xx names, 03xx units and types, 04xx interfaces, 05xx networks and families,
/// 06xx models, 07xx binding, 08xx analysis, 09xx inputs, outputs and environment, 10xx comparison, 11xx expectations,
/// 12xx robustness, 13xx proofs.
public enum DiagnosticCode: String, Sendable, CaseIterable {
  // Syntax
  case invalidCharacter = "ORD0101"
  case unexpectedToken = "ORD0102"
  case unterminatedString = "ORD0103"
  case malformedNumber = "ORD0104"
  case nestingTooDeep = "ORD0105"
  case unsupportedEdition = "ORD0106"
  // ORD0107 was used by versions that had no `lipschitz` clauses.
  case reservedWord = "ORD0108"
  case invalidEncoding = "ORD0109"
  case specificationTooLarge = "ORD0110"
  case misspelledKeyword = "ORD0111"
  case repeatedClause = "ORD0112"
  case nameTooLong = "ORD0113"

  // Names
  case unknownName = "ORD0201"
  case duplicateName = "ORD0202"
  case cyclicDefinition = "ORD0203"
  case wrongKindOfName = "ORD0204"
  case wrongArgumentCount = "ORD0205"
  case indexOutOfRange = "ORD0206"
  case missingHeader = "ORD0207"
  case expansionTooLarge = "ORD0208"
  case cyclicOverrides = "ORD0209"
  case cyclicImport = "ORD0210"
  case unreadableImport = "ORD0211"

  // Units and types
  case unknownUnit = "ORD0301"
  case unitMismatch = "ORD0302"
  case missingUnit = "ORD0303"
  case notLinear = "ORD0304"
  case notACondition = "ORD0305"
  case notAQuantity = "ORD0306"
  case divisionByZero = "ORD0307"
  case noDomainEnd = "ORD0308"
  case emptyRange = "ORD0309"
  case beyondDomain = "ORD0310"
  case neverEqual = "ORD0311"
  case offsetUnitInProduct = "ORD0312"
  case notConstant = "ORD0313"
  case parameterOutOfRange = "ORD0314"
  case constantTooLarge = "ORD0315"
  case mixedUnitNorm = "ORD0316"

  // Interfaces and posts
  case badDomain = "ORD0402"
  case badNormalization = "ORD0403"
  case tooFewOutputs = "ORD0404"
  case missingChoice = "ORD0405"
  case notAnOutput = "ORD0406"
  case groupInsteadOfOutput = "ORD0407"
  case contradictoryPost = "ORD0408"
  case badPlace = "ORD0409"
  case scoreBoundEnforced = "ORD0410"
  case ambiguousInterface = "ORD0411"
  case loneOutput = "ORD0412"

  // Networks and families
  case emptySelection = "ORD0501"
  case badFamilyIndex = "ORD0502"
  case unknownPlaceholder = "ORD0503"
  case nothingDeclared = "ORD0504"

  // Models
  case modelNotFound = "ORD0601"
  case modelUnreadable = "ORD0602"
  case modelMalformed = "ORD0603"
  case modelTooLarge = "ORD0604"
  case unsupportedOperator = "ORD0605"
  case unsupportedOpset = "ORD0606"
  case externalData = "ORD0607"
  case unsupportedElementType = "ORD0608"
  case shapeMismatch = "ORD0609"
  case nonFiniteWeight = "ORD0610"
  case cyclicGraph = "ORD0611"
  case undefinedValue = "ORD0612"
  case multipleInputsOrOutputs = "ORD0613"
  case softmaxDropped = "ORD0614"
  case unknownModelFormat = "ORD0615"
  case unsupportedAttribute = "ORD0616"

  // VNN-LIB files
  case malformedVNNLIB = "ORD0620"
  case unsupportedVNNLIB = "ORD0621"
  case badVNNLIBVariable = "ORD0622"
  case nonlinearVNNLIB = "ORD0623"
  case vnnlibTooLarge = "ORD0624"
  case vnnlibShapeMismatch = "ORD0625"
  case notSayable = "ORD0626"
  case nothingToImport = "ORD0627"
  case tiesBecomeUnsafe = "ORD0628"

  // Binding
  case inputCountMismatch = "ORD0701"
  case outputCountMismatch = "ORD0702"

  case noHeader = "ORD0703"
  case headerMismatch = "ORD0704"
  case nothingToExport = "ORD0705"
  case propertyElsewhere = "ORD0706"
  case exportTooLarge = "ORD0707"
  case severalNetworks = "ORD0708"
  case inputShapeMismatch = "ORD0709"
  case notCompiled = "ORD0710"

  // Costs
  case tooMuchMemory = "ORD0711"
  case tooMuchFlash = "ORD0712"
  case tooManyOperations = "ORD0713"
  case noWeights = "ORD0714"

  // Analysis
  case conflict = "ORD0801"
  case conditionNeverHolds = "ORD0802"
  case conditionAlwaysHolds = "ORD0803"
  case alwaysOverridden = "ORD0804"
  case tooManyRows = "ORD0805"
  case tooManyDisjuncts = "ORD0806"
  case analysisUndecided = "ORD0807"
  case tautologicalPost = "ORD0808"
  case subsumedProperty = "ORD0809"
  case redundantProperty = "ORD0810"
  case uselessOverride = "ORD0811"
  case sliver = "ORD0812"
  case uncoveredDomain = "ORD0813"
  case abstentionUnreachable = "ORD0814"
  case nothingEnforced = "ORD0815"

  // Comparison
  case weakened = "ORD1001"
  case versionTooLow = "ORD1002"
  case incompatibleChange = "ORD1003"
  case staleAllowance = "ORD1004"
  case comparisonUndecided = "ORD1005"
  case strengthened = "ORD1006"

  // Expectations
  case emptyExpectation = "ORD1101"
  case expectationFailed = "ORD1102"
  case expectationUndecided = "ORD1103"
  case nothingExpected = "ORD1104"

  // Robustness
  case noLipschitzBound = "ORD1201"
  // ORD1202 was used by versions without certificates of the emitted program.
  case nothingToCertify = "ORD1203"
  case repairedDecision = "ORD1204"
  case noExactScores = "ORD1205"
  case noErrorBound = "ORD1206"
  case lipschitzNotProved = "ORD1208"
  case noCertificateFile = "ORD1210"
  case noProjections = "ORD1211"

  // Proofs
  case nothingToProve = "ORD1301"
  case comparisonWithoutSoftmax = "ORD1302"
  case unsearchableSet = "ORD1303"
  case conditionIsNoBox = "ORD1304"
  case notProved = "ORD1305"
  case nothingIsUnsafe = "ORD1306"

  // Inputs, outputs and environment
  case unreadableFile = "ORD0901"
  case unwritableFile = "ORD0902"
  case malformedInputFile = "ORD0903"
  case missingInput = "ORD0904"
  case notFormatted = "ORD0905"
}
