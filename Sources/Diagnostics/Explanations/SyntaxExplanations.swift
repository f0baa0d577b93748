extension CodeExplanation {
  static let invalidCharacter = CodeExplanation(
    "a character that is not part of the language",
    means: """
      The text holds a character that begins no word, number or sign of the language, or a control character that is \
      hidden in a comment or string.
      """,
    matters:
      "A sign that a reader takes for an operator must not be skipped: the rule would say something else.",
    wrong: "enforce p { when gap < 5 m && speed > 3 m/s then choose stop }",
    right: "enforce p { when gap < 5 m and speed > 3 m/s then choose stop }",
    cure: "Write `and`, `or`, `not`, `<=`, `>=`, `!=`, and digits on both sides of a decimal point.")

  static let unexpectedToken = CodeExplanation(
    "something else is expected here",
    means: "The text cannot go on like this; the message says what may stand at this place.",
    matters: "A specification is read as the grammar says, or not at all; nothing is guessed.",
    wrong: "enforce p { when gap < 5 m choose stop }",
    right: "enforce p { when gap < 5 m then choose stop }",
    cure: "Write what is expected; look at the word before the caret as well.")

  static let unterminatedString = CodeExplanation(
    "a string does not end on its line",
    means: "A string begins with a double quote and has to end with one before the line does.",
    matters: "Where it ends cannot be guessed: the declarations behind it would become part of a name.",
    after: header + car,
    wrong: "network Net : Car from \"car.onnx",
    right: "network Net : Car from \"car.onnx\"",
    cure: "Close it with a double quote. Strings have no escapes and hold no line ends.")

  static let malformedNumber = CodeExplanation(
    "a number or a unit's exponent is too large",
    means: """
      A number has at most 400 characters and an exponent from -1000 to 1000; a unit's exponent is a whole number from \
      -16 to 16.
      """,
    matters: "Numbers are exact rationals; without a limit one short word could ask for gigabytes.",
    wrong: "enforce p { when gap < 1e999999 m then choose stop }",
    right: "enforce p { when gap < 100 m then choose stop }",
    cure: "Write the number with fewer digits or a smaller exponent.")

  static let nestingTooDeep = CodeExplanation(
    "expressions or definitions are nested too deep",
    means:
      "Parentheses, `not` or `for` stand inside one another more than 100 times, or definitions use one another too often.",
    matters:
      "A limit that is reported is better than a compiler that runs out of stack on a text made by a program.",
    when: "a condition behind 120 opening parentheses, written by a script.",
    cure: "Give parts of it a name with `let`, or write definitions out.")

  static let unsupportedEdition = CodeExplanation(
    "an edition of the language that this compiler does not know",
    means: "The number behind `ordain` is the edition of the language; this compiler reads edition 1.",
    matters: "The same words may mean something else in another edition.",
    after: "",
    wrong: frame.replacing("ordain 1", with: "ordain 2") + "enforce p { when gap < 5 m then choose stop }",
    right: frame + "enforce p { when gap < 5 m then choose stop }",
    cure: "Write `ordain 1`, or use a compiler that knows the edition.")

  static let reservedWord = CodeExplanation(
    "a word of the language where a name is needed",
    means:
      "Names of inputs, outputs, parameters, conditions, networks and properties are not words of the language.",
    matters: "A reader, and the parser, could not tell the name from the word.",
    wrong: "let top = gap < 5 m\nenforce p { when top then choose stop }",
    right: "let near = gap < 5 m\nenforce p { when near then choose stop }",
    cure: "Choose another name; the article on the language lists the reserved words.")

  static let invalidEncoding = CodeExplanation(
    "the text is not valid UTF-8",
    means: "Some bytes of the file are not UTF-8.",
    matters: "Another encoding shows other characters than those that are compiled.",
    when: "a comment with an `é` in a file that an editor saved as Latin-1.",
    cure: "Save the file as UTF-8.")

  static let specificationTooLarge = CodeExplanation(
    "the specification is too large",
    means: "A specification has at most 4 MiB.",
    matters: "A limit that is reported is better than a compiler that runs out of memory.",
    when: "a file of 5 MiB, in which a script repeated one property for every cell of a table.",
    cure: "Say it with `for`, or in fewer properties; check that it is the file you meant.")

  static let misspelledKeyword = CodeExplanation(
    "a misspelled word of the language",
    means: "No word of the language is written like this, but one is close to it.",
    matters: "A misspelled `enforce` must not turn a rule into nothing.",
    wrong: "enfroce p { when gap < 5 m then choose stop }",
    right: "enforce p { when gap < 5 m then choose stop }",
    cure: "Write the word that the message proposes.")

  static let repeatedClause = CodeExplanation(
    "a clause is given twice",
    means:
      "An interface says `choose` and `ties prefer` once each, and so do other declarations with their clauses.",
    matters:
      "Two answers to one question: which holds would depend on their order, which means nothing here.",
    after: header,
    wrong: """
      interface Car {
        inputs { gap : m in 0 .. 200 }
        outputs { stop, keep choose highest choose lowest }
      }
      network Net : Car from "car.onnx"
      """,
    right: """
      interface Car {
        inputs { gap : m in 0 .. 200 }
        outputs { stop, keep choose highest }
      }
      network Net : Car from "car.onnx"
      """,
    cure: "Remove one of the two.")

  static let nameTooLong = CodeExplanation(
    "a name, unit or string is too long",
    means: "A name or a unit has at most 100 bytes, a string in quotes at most 1,000.",
    matters: "Names become names in the emitted C, whose compilers have limits of their own.",
    when: "an input whose name is a whole sentence, joined by underscores.",
    cure: "Shorten it; a property has room for words in the title behind its name.")
}
