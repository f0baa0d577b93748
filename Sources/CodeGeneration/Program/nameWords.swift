/// The runs of ASCII letters and digits of a name, in lower case. Other scalars that are letters count by their code
/// points, so that a name in any script leaves something.
func nameWords(_ name: String) -> [String] {
  var result: [String] = []
  var isOpen = false
  for scalar in name.unicodeScalars {
    let isWord =
      scalar.isASCII ? scalar.properties.isAlphabetic || scalar.properties.numericType != nil : true
    if isWord {
      if !isOpen { result.append("") }
      result[result.count - 1] +=
        scalar.isASCII ? String(scalar).lowercased() : "u" + String(scalar.value, radix: 16)
    }
    isOpen = isWord
  }
  return result
}

/// The same, `fallback` where nothing is left.
func nameWords(_ name: String, orElse fallback: String) -> [String] {
  let words = nameWords(name)
  return words.isEmpty ? [fallback] : words
}
