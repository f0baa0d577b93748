import LoopIR

/// What stands at the top level of a C file.
enum CDeclaration: Sendable {
  case comment(String)
  /// For example: `#include <stdint.h>`.
  case systemInclude(CSystemHeader)
  /// For example: `#include "acas_xu_n_1_1.h"`.
  case include(String)
  /// `#ifndef NAME`, `#define NAME`, the declarations, `#endif`.
  case includeGuard(Identifier, [CDeclaration])
  /// `#ifdef __cplusplus`, `extern "C" {`, `#endif`, the declarations, and the closing brace likewise.
  case externC([CDeclaration])
  /// `#if` with a fixed condition; the only conditions are those of ``CPreprocessorCondition``.
  case conditional(CPreprocessorCondition, [CDeclaration])
  /// `#error "..."`.
  case error(String)
  /// A line that starts with `#pragma`.
  case pragma(CPragma)
  /// The two functions between binary32 numbers and their bits.
  case reinterpretation
  /// The macros that tell compilers how to vectorise loops of layers.
  case vectorHints
  /// The macro for ``Expression/exactMultiplyAdd(_:_:_:)``.
  case exactMultiplyAdd
  /// A declaration without the definition. For example: `void acas_xu_n_1_1_infer(...);`.
  case prototype(Function)
  case constants([NamedConstant])
  /// `typedef struct NAME { ... } NAME;`.
  case structure(Structure)
  case function(Function)
  /// `static const TYPE NAME[COUNT] = {...};`.
  case table(Table)
  /// `const TYPE NAME[COUNT] = {...};`, which other units see.
  case publicTable(Table)
  /// `extern const TYPE NAME[COUNT];`.
  case externTable(Table)
  /// `static TYPE NAME[COUNT];`.
  case memory(ValueType, Identifier, count: Int, isVolatile: Bool = false)
  /// `main` of a self-check.
  case selfCheckMain(SelfCheckMain)

  /// A declaration of a loop program in C.
  init(_ declaration: Declaration) {
    self =
      switch declaration {
      case .comment(let text): .comment(text)
      case .constants(let constants): .constants(constants)
      case .structure(let structure): .structure(structure)
      case .table(let table): .table(table)
      case .function(let function): .function(function)
      }
  }
}

enum CSystemHeader: String, Sendable {
  case float = "float.h"
  case math = "math.h"
  case stdbool = "stdbool.h"
  case stddef = "stddef.h"
  case stdint = "stdint.h"
  case string = "string.h"
}

/// The conditions on the compiler that emitted code asks for.
enum CPreprocessorCondition: Sendable {
  /// A compiler that may change the value of floating-point expressions and says so.
  case valueChangingArithmetic
  /// Intermediate results in a wider format than their type's.
  case excessPrecision
  /// A type `double` that is not binary64.
  case narrowDouble
  case clang
  case gccWithoutClang
  /// gcc before 13 for a machine with fused operations: its vectorizer of straight code may contract although
  /// contraction is off (bug 107647).
  case gccThatContractsBlocks
}

enum CPragma: Sendable {
  /// Standard C: no contraction of `a * b + c`. Clang obeys it, gcc ignores it.
  case contractionOff
  /// The same for gcc, which contracts by default in its gnu modes. Also, nobody reads the flags of floating-point
  /// exceptions: unless gcc is told, it does not vectorise loops with conditions on numbers.
  case gccFloatOptions
  /// gcc does not vectorise straight code.
  case noBlockVectors
  /// Conditions of a specification may well be always true: `x >= 1 or x <= 2`.
  case permitsTautologies
}
