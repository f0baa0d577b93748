extension CRenderer {
  mutating func append(_ declarations: [CDeclaration]) {
    for (position, declaration) in declarations.enumerated() {
      if position > 0, !declaration.joins(declarations[position - 1]) { endLine() }
      append(declaration)
    }
  }

  private mutating func append(_ declaration: CDeclaration) {
    switch declaration {
    case .comment(let text): comment(text)
    case .systemInclude(let header): line("#include <\(header.rawValue)>")
    case .include(let file): line("#include \"\(file)\"")
    case .includeGuard(let name, let body):
      line("#ifndef \(name.spelling)")
      line("#define \(name.spelling)")
      endLine()
      append(body)
      endLine()
      line("#endif")
    case .externC(let body):
      line("#ifdef __cplusplus")
      line("extern \"C\" {")
      line("#endif")
      endLine()
      append(body)
      endLine()
      line("#ifdef __cplusplus")
      line("}")
      line("#endif")
    case .conditional(let condition, let body):
      line("#if \(condition.text)")
      append(body)
      line("#endif")
    case .error(let text): line("#error \"\(CText.sanitized(text))\"")
    case .pragma(let pragma): line("#pragma \(pragma.text)")
    case .constants(let constants): append(constants)
    case .structure(let name, let fields): appendStructure(name, fields)
    case .prototype(let function):
      appendComment(of: function)
      appendSignature(of: function)
      write(";")
      endLine()
    case .function(let function):
      appendComment(of: function)
      appendSignature(of: function)
      endLine()
      appendBlock(function.body)
      endLine()
    case .table(let name, let type, let initializer, let count):
      startLine()
      write("static ")
      append(CVariable(type, name, count: count, isConstant: true))
      write(" = ")
      append(initializer)
      write(";")
      endLine()
    }
  }

  private mutating func append(_ constants: [CDeclaration.Constant]) {
    line("enum {")
    indented {
      for (position, constant) in constants.enumerated() {
        $0.startLine()
        $0.write("\(constant.name.spelling) = \(constant.value)")
        if position < constants.count - 1 { $0.write(",") }
        if !constant.comment.isEmpty { $0.write(" /* \(CText.sanitized(constant.comment)) */") }
        $0.endLine()
      }
    }
    line("};")
  }

  private mutating func appendStructure(_ name: CName, _ fields: [CDeclaration.Field]) {
    line("typedef struct \(name.spelling) {")
    indented {
      for field in fields {
        $0.comment(field.comment)
        $0.startLine()
        $0.append(field.variable)
        $0.write(";")
        $0.endLine()
      }
    }
    line("} \(name.spelling);")
  }

  private mutating func appendComment(of function: CFunction) {
    if !function.comment.isEmpty { comment(function.comment) }
  }

  private mutating func appendSignature(of function: CFunction) {
    startLine()
    if function.isStatic { write("static ") }
    append(CVariable(function.type, function.name))
    write("(")
    if function.parameters.isEmpty { write("void") }
    fitting(
      { $0.appendParameters(function.parameters) { $0.write(" ") } },
      orElse: {
        $0.appendParameters(function.parameters) {
          $0.continueLine()
        }
      })
    write(")")
  }

  private mutating func appendParameters(
    _ parameters: [CVariable], separatedBy separate: (inout CRenderer) -> Void
  ) {
    for (position, parameter) in parameters.enumerated() {
      if position > 0 {
        write(",")
        separate(&self)
      }
      append(parameter)
    }
  }
}

extension CDeclaration {
  /// Whether no blank line separates the two.
  fileprivate func joins(_ previous: CDeclaration) -> Bool {
    if case .comment = previous { return isBriefAfterComment }
    if case .systemInclude = self, case .systemInclude = previous { return true }
    if case .systemInclude = self, case .include = previous { return true }
    if case .table = self, case .table = previous { return true }
    if case .conditional = self, case .conditional = previous { return true }
    if case .pragma = self, case .pragma = previous { return true }
    return false
  }

  /// Whether a comment right above is about this declaration alone.
  private var isBriefAfterComment: Bool {
    switch self {
    case .table, .constants, .structure, .conditional: true
    case .comment, .systemInclude, .include, .includeGuard, .externC, .error, .pragma, .prototype, .function:
      false
    }
  }
}

extension CPreprocessorCondition {
  fileprivate var text: String {
    switch self {
    case .valueChangingArithmetic:
      """
      defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__ > 0) \\
          || defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__) || defined(__NO_SIGNED_ZEROS__)
      """
    case .excessPrecision: "!defined(FLT_EVAL_METHOD) || FLT_EVAL_METHOD != 0"
    case .clang: "defined(__clang__)"
    case .gccWithoutClang: "defined(__GNUC__) && !defined(__clang__)"
    }
  }
}

extension CPragma {
  fileprivate var text: String {
    switch self {
    case .contractionOff: "STDC FP_CONTRACT OFF"
    case .gccContractionOff: "GCC optimize (\"fp-contract=off\")"
    case .permitsTautologies: "clang diagnostic ignored \"-Wtautological-compare\""
    }
  }
}
