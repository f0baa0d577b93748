extension CodeExplanation {
  static let unknownName = CodeExplanation(
    "an unknown name",
    means:
      "Nothing of this name is declared: no input, parameter, condition, interface, network or property.",
    matters: "A misspelled name must not become a condition that is silently false.",
    wrong: "enforce p { when gapp < 5 m then choose stop }",
    right: "enforce p { when gap < 5 m then choose stop }",
    cure: "Correct the name, or declare it. The order of declarations does not matter.")

  static let duplicateName = CodeExplanation(
    "a name is declared twice",
    means: "Two declarations that could be meant by one name have it.",
    matters: "The order of declarations means nothing, so neither hides the other.",
    wrong: """
      param limit = 5 m
      param limit = 6 m
      enforce p { when gap < limit then choose stop }
      """,
    right: """
      param limit = 5 m
      enforce p { when gap < limit then choose stop }
      """,
    cure: "Rename or remove one of the two.")

  static let cyclicDefinition = CodeExplanation(
    "a definition needs itself",
    means: "A parameter, unit, condition or group is defined by itself, directly or through others.",
    matters: "It has no value.",
    wrong: """
      param a = b + 1 m
      param b = a - 1 m
      enforce p { when gap < a then choose stop }
      """,
    right: """
      param b = 4 m
      param a = b + 1 m
      enforce p { when gap < a then choose stop }
      """,
    cure: "Give one member of the cycle a value of its own.")

  static let wrongKindOfName = CodeExplanation(
    "a name of the wrong kind",
    means:
      "The name is declared, but as something else than this place needs: an output in a condition, say.",
    matters: "Conditions are about inputs. A score is not known before the network has run.",
    wrong: "enforce p { when gap < 5 m and keep then choose stop }",
    right: "enforce p { when gap < 5 m and raw choice in keep then choose stop }",
    cure: "Name something of the right kind; `raw choice in ...` asks for the network's own choice.")

  static let wrongArgumentCount = CodeExplanation(
    "the wrong number of arguments",
    means:
      "A `let` with arguments is used with fewer or more of them, or a name without arguments with some.",
    matters: "What is missing cannot be guessed.",
    wrong: """
      let near(limit) = gap < limit
      enforce p { when near then choose stop }
      """,
    right: """
      let near(limit) = gap < limit
      enforce p { when near(5 m) then choose stop }
      """,
    cure: "Write as many arguments as the definition has.")

  static let indexOutOfRange = CodeExplanation(
    "an index that does not exist",
    means:
      "An index of an input, an output or a family is not a whole number in its range, or there are too few or too many.",
    matters:
      "Elements count from 0, members of a family as their declaration says; off by one is another sensor.",
    after: header,
    wrong: """
      interface Digits {
        inputs { pixel[4] : 1 in 0 .. 1 }
        outputs { digit[10] choose highest }
      }
      network Net : Digits from "digits.onnx"
      enforce p { when pixel[3] > 0.5 then never choose digit[10] }
      """,
    right: """
      interface Digits {
        inputs { pixel[4] : 1 in 0 .. 1 }
        outputs { digit[10] choose highest }
      }
      network Net : Digits from "digits.onnx"
      enforce p { when pixel[3] > 0.5 then never choose digit[9] }
      """,
    cure: "Use an index in the range; the elements of `digit[10]` are `digit[0]` to `digit[9]`.")

  static let missingHeader = CodeExplanation(
    "the specification has no header",
    means: "A specification begins with `ordain 1` and `spec \"name\" 1.0.0`.",
    matters:
      "The edition says how the rest is to be read; name and version are in everything that is made from it.",
    after: "",
    wrong: "spec \"example\" 1.0.0\n" + car + "network Net : Car from \"car.onnx\"",
    right: header + car + "network Net : Car from \"car.onnx\"",
    cure: "Begin the file with the two lines.")

  static let expansionTooLarge = CodeExplanation(
    "families, `for` or `let` expand to too much",
    means:
      "The declarations stand for more networks, properties, items or parts of conditions than the limits allow.",
    matters:
      "A few lines can stand for billions of parts; a limit that is reported is better than an endless run.",
    wrong: "for i in { 1 .. 20000 } { enforce p { when gap < i * 1 mm then choose stop } }",
    right: "for i in { 1 .. 3 } { enforce p { when gap < i * 1 m then choose stop } }",
    cure: "Declare fewer items, or say it in one condition.")

  static let cyclicOverrides = CodeExplanation(
    "a property overrides itself in the end",
    means: "Following `overrides` from property to property leads back to where it began.",
    matters: "Each would switch the other off: neither would ever apply.",
    wrong: """
      enforce p { when gap < 5 m then choose stop }
      enforce q { when speed > 50 m/s then choose slow }
      p overrides q
      q overrides p
      """,
    right: """
      enforce p { when gap < 5 m then choose stop }
      enforce q { when speed > 50 m/s then choose slow }
      p overrides q
      """,
    cure: "Remove one `overrides` of the cycle: the more urgent property overrides the other.")

  static let cyclicImport = CodeExplanation(
    "a file imports itself",
    means: "Following the imports of a file leads back to it.",
    matters: "There is no order in which the files could be read.",
    when: "`a.ordain` with `import \"b.ordain\"`, and `b.ordain` with `import \"a.ordain\"`.",
    cure: "Move what both files need into a third one that imports neither.")

  static let unreadableImport = CodeExplanation(
    "an import that cannot be read",
    means: "The path is not relative, there is no such file, or there are too many files.",
    matters: "Without its imports a specification is not the one that was meant.",
    when: "`import \"comon.ordain\"` beside a file called `common.ordain`.",
    cure: "Write the path relative to the importing file.")
}
