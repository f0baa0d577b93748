/// What stands at the top level of a C file.
enum CDeclaration: Sendable {
  case comment(String)
  /// For example: `#include <stdint.h>`.
  case systemInclude(CSystemHeader)
  /// For example: `#include "acas_xu_n_1_1.h"`.
  case include(String)
  /// `#ifndef NAME`, `#define NAME`, the declarations, `#endif`.
  case includeGuard(CName, [CDeclaration])
  /// `#ifdef __cplusplus`, `extern "C" {`, `#endif`, the declarations, and the closing brace likewise.
  case externC([CDeclaration])
  /// `#if` with a fixed condition; the only conditions are those of ``CPreprocessorCondition``.
  case conditional(CPreprocessorCondition, [CDeclaration])
  /// `#error "..."`.
  case error(String)
  /// A line that starts with `#pragma`.
  case pragma(CPragma)
  /// An anonymous `enum` of constants.
  case constants([Constant])
  /// `typedef struct NAME { ... } NAME;`.
  case structure(CName, [Field])
  case prototype(CFunction)
  case function(CFunction)
  /// `static const TYPE NAME[COUNT] = {...};`; not empty.
  case table(CName, CType, CInitializer, count: Int)

  struct Constant: Sendable {
    let name: CName
    let value: Int32
    let comment: String
  }

  struct Field: Sendable {
    let variable: CVariable
    let comment: String
  }
}

struct CFunction: Sendable {
  /// Empty for none.
  let comment: String
  /// Whether only this file sees it.
  let isStatic: Bool
  let type: CType
  let name: CName
  let parameters: [CVariable]
  let body: [CStatement]

  init(
    _ type: CType, _ name: CName, _ parameters: [CVariable], isStatic: Bool = true, comment: String,
    @CBlock _ body: () -> [CStatement]
  ) {
    self.comment = comment
    self.isStatic = isStatic
    self.type = type
    self.name = name
    self.parameters = parameters
    self.body = body()
  }
}

enum CSystemHeader: String, Sendable {
  case float = "float.h"
  case stdint = "stdint.h"
  case string = "string.h"
}

/// The conditions on the compiler that emitted code asks for.
enum CPreprocessorCondition: Sendable {
  /// A compiler that may change the value of floating-point expressions and says so.
  case valueChangingArithmetic
  /// Intermediate results in a wider format than their type's.
  case excessPrecision
  case clang
  case gccWithoutClang
}

enum CPragma: Sendable {
  /// Standard C: no contraction of `a * b + c`. Clang obeys it, gcc ignores it.
  case contractionOff
  /// The same for gcc, which contracts by default in its gnu modes.
  case gccContractionOff
  /// Conditions of a specification may well be always true: `x >= 1 or x <= 2`.
  case permitsTautologies
}
