/// The stable codes of all diagnostics. A code keeps its meaning for ever; wording may change.
///
/// 01xx syntax, 02xx names, 03xx units and types, 04xx interfaces, 05xx networks and families,
/// 06xx models, 07xx binding, 08xx analysis, 09xx inputs, outputs and environment.
public enum DiagnosticCode: String, Sendable, CaseIterable {
  // Syntax
  case invalidCharacter = "ORD0101"
  case unexpectedToken = "ORD0102"
  case unterminatedString = "ORD0103"
  case malformedNumber = "ORD0104"
  case nestingTooDeep = "ORD0105"
  case unsupportedEdition = "ORD0106"
  case unsupportedDeclaration = "ORD0107"
  case reservedWord = "ORD0108"
  case invalidEncoding = "ORD0109"
  case specificationTooLarge = "ORD0110"

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
}
