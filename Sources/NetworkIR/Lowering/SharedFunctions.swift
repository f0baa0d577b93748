import LoopIR

/// The functions that several layers of a program call, each declared once.
public struct SharedFunctions: Sendable {
  let names: LoweringNames
  private(set) var declarations: [Declaration] = []
  private var declared: Set<String> = []

  init(names: LoweringNames) { self.names = names }

  /// The name of a function, which is declared when it is first asked for.
  ///
  /// - Parameters:
  ///   - role: tells it from all others. For example: `sigmoid`.
  ///   - make: its declaration under the name it is given; it may ask for functions that it calls.
  public mutating func function(
    _ role: String, _ make: (Identifier, inout SharedFunctions) -> Declaration
  ) -> Identifier {
    let name = names.shared(role)
    if declared.insert(role).inserted {
      let declaration = make(name, &self)
      declarations.append(declaration)
    }
    return name
  }
}
