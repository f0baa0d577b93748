import SpecificationLanguage

/// A name made of a file's: `prop_3` of `vnnlib/prop_3.vnnlib`, `imported` of standard input.
public func propertyName(fromFileAt path: String) -> String {
  let file = path.split(separator: "/").last.map(String.init) ?? path
  let stem = file.hasSuffix(".vnnlib") ? String(file.dropLast(7)) : file
  let name = String(stem.prefix(80).map { isName("a\($0)") ? $0 : "_" })
  if stem == "-" || name.allSatisfy({ $0 == "_" }) { return "imported" }
  return isName(name) ? name : "p\(name)"
}
