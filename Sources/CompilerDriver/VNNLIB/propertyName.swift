/// Whether `text` can name a declaration; a reserved word is found by the check of what was imported.
public func isName(_ text: String) -> Bool {
  let letters = text.utf8.map { byte in
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }
  let isWord = zip(text.utf8, letters).allSatisfy { byte, isLetter in
    isLetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
  return isWord && letters.first == true && text.utf8.count <= 100
}

/// A name made of a file's: `prop_3` of `vnnlib/prop_3.vnnlib`, `imported` of standard input.
public func propertyName(fromFileAt path: String) -> String {
  let file = path.split(separator: "/").last.map(String.init) ?? path
  let stem = file.hasSuffix(".vnnlib") ? String(file.dropLast(7)) : file
  let name = String(stem.prefix(80).map { isName("a\($0)") ? $0 : "_" })
  if stem == "-" || name.allSatisfy({ $0 == "_" }) { return "imported" }
  return isName(name) ? name : "p\(name)"
}
