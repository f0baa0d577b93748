import LoopIR

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
    case .structure(let structure): appendStructure(structure)
    case .prototype(let function):
      appendComment(of: function)
      appendSignature(of: function)
      write(";")
      endLine()
    case .function(let function):
      appendComment(of: function)
      if let contract = function.contract { append(contract) }
      appendSignature(of: function)
      endLine()
      isVectorized = function.isVectorized
      appendBlock(function.body)
      isVectorized = false
      endLine()
    case .reinterpretation: appendReinterpretation()
    case .vectorHints: appendVectorHints()
    case .exactMultiplyAdd: appendExactMultiplyAdd()
    case .table(let table): append(table, "static ")
    case .publicTable(let table): append(table, "")
    case .externTable(let table):
      write("extern ")
      append(table.variable)
      write(";")
      endLine()
    case .selfCheckMain(let main): append(main)
    case .memory(let type, let name, let count, let isVolatile):
      write(isVolatile ? "static volatile " : "static ")
      appendAlignment(of: Variable(type, name, count: count))
      append(Variable(type, name, count: count))
      write(";")
      endLine()
    }
  }

  private mutating func append(_ table: Table, _ linkage: String) {
    startLine()
    write(linkage)
    if alignsWeights, table.isWeights, table.count >= 256 { write("\(names.aligned.spelling) ") }
    append(table.variable)
    write(" = ")
    append(table.values)
    write(";")
    endLine()
  }

  private mutating func append(_ constants: [NamedConstant]) {
    if constants.count == 1,
      constants[0].widest != constants[0].value || constants[0].wide != constants[0].value
    {
      return append(tuned: constants[0])
    }
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

  private mutating func appendStructure(_ structure: Structure) {
    line("typedef struct \(structure.name.spelling) {")
    indented {
      for field in structure.fields {
        $0.comment(field.comment)
        $0.startLine()
        $0.append(field.variable)
        $0.write(";")
        $0.endLine()
      }
    }
    line("} \(structure.name.spelling);")
  }

  /// Bytes copied from one scalar to another of the same size: the only type punning that C99 defines for every
  /// compiler and that strict aliasing permits.
  private mutating func appendReinterpretation() {
    comment("The bits of a number, and the number with these bits.")
    for (result, name, parameter) in [
      ("uint32_t bits", names.bitsOfFloat, "float value"),
      ("float value", names.floatOfBits, "uint32_t bits"),
    ] {
      let from = parameter.split(separator: " ")[1]
      let words = result.split(separator: " ")
      append(Contract())
      line("static \(words[0]) \(name.spelling)(\(parameter))")
      line("{")
      line("  \(result);")
      line(
        "  (void)memcpy((unsigned char *)&\(words[1]), (const unsigned char *)&\(from), sizeof(\(words[1])));"
      )
      line("  return \(words[1]);")
      line("}")
      if name == names.bitsOfFloat { endLine() }
    }
  }

  private mutating func appendComment(of function: Function) {
    if !function.comment.isEmpty { comment(function.comment) }
  }

  private mutating func appendSignature(of function: Function) {
    startLine()
    if function.isStatic { write("static ") }
    append(Variable(function.type, function.name))
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
    _ parameters: [Variable], separatedBy separate: (inout CRenderer) -> Void
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
    if isTable, previous.isTable { return true }
    if case .conditional = self, case .conditional = previous { return true }
    if case .pragma = self, case .pragma = previous { return true }
    return false
  }

  private var isTable: Bool {
    switch self {
    case .table, .publicTable, .externTable, .memory: true
    case .comment, .systemInclude, .include, .includeGuard, .externC, .conditional, .error, .pragma,
      .reinterpretation, .vectorHints, .exactMultiplyAdd, .prototype, .constants, .structure, .function,
      .selfCheckMain:
      false
    }
  }

  /// Whether a comment right above is about this declaration alone.
  private var isBriefAfterComment: Bool {
    switch self {
    case .table, .publicTable, .externTable, .memory, .constants, .structure, .conditional: true
    case .comment, .systemInclude, .include, .includeGuard, .externC, .error, .pragma, .prototype, .function,
      .reinterpretation, .vectorHints, .exactMultiplyAdd, .selfCheckMain:
      false
    }
  }
}

extension Table {
  fileprivate var variable: Variable { Variable(type, name, count: count, isConstant: true) }
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
    case .narrowDouble: "DBL_MANT_DIG != 53 || DBL_MAX_EXP != 1024"
    case .clang: "defined(__clang__)"
    case .gccWithoutClang: "defined(__GNUC__) && !defined(__clang__)"
    case .gccThatContractsBlocks:
      "defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13 && defined(__FP_FAST_FMAF)"
    }
  }
}

extension CPragma {
  fileprivate var text: String {
    switch self {
    case .contractionOff: "STDC FP_CONTRACT OFF"
    case .gccFloatOptions: "GCC optimize (\"fp-contract=off\", \"no-trapping-math\")"
    case .noBlockVectors: "GCC optimize (\"no-tree-slp-vectorize\")"
    case .permitsTautologies: "clang diagnostic ignored \"-Wtautological-compare\""
    }
  }
}
