import ExactArithmetic

/// What constants are worth, for people.
public struct ConstantTexts: Sendable {
  /// By name of the parameter: its value in base units, such as `24.384, a length in m`; none where it is wrong.
  public let parameters: [String: String]

  public init(_ tree: SpecTree) {
    var checker = Checker(tree)
    _ = checker.run()
    parameters = checker.paramValues.compactMapValues { value in
      value.map { "\(exactText($0.constant)), \($0.dimension.description)" }
    }
  }

  /// The unit of the table: `0.3048, a length in m`; `nil` if the language has none of that name.
  public static func unit(_ name: String) -> String? {
    UnitTable.units[name].map { unit in
      let offset = unit.offset.signum == 0 ? "" : " from \(exactText(unit.offset))"
      return "\(exactText(unit.scale))\(offset), \(unit.dimension.description)"
    }
  }

  /// The names of the units that every specification knows, ascending.
  public static var unitNames: [String] { UnitTable.units.keys.sorted() }
}
