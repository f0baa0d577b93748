extension CodeExplanation {
  static let unreadableFile = CodeExplanation(
    "a file cannot be read",
    means: "The specification or the input file is missing, a folder, too large, or without permission.",
    matters: "Nothing was checked.",
    when: "`ordain check car.ordian`.",
    cure: "Check the path; the message has the operating system's reason.")

  static let unwritableFile = CodeExplanation(
    "a file cannot be written",
    means: "The folder for the results, a file in it, or standard output does not take what is written.",
    matters: "Results are written completely or not at all.",
    when: "`ordain compile car.ordain -o /proc/here`, or a full disk.",
    cure: "Check the folder, its permissions and the free space.")

  static let malformedInputFile = CodeExplanation(
    "an input file that cannot be understood",
    means:
      "The CSV or `.npy` file of inputs has another shape or type, a name that is no input, or a field that is no number.",
    matters: "A column that is read as another input gives decisions about another world.",
    when: "a CSV file with three columns for an interface of four inputs.",
    cure: "Write one row a line, in the order of declaration or with a first line of names.")

  static let missingInput = CodeExplanation(
    "an input without a value",
    means: "`ordain why --input` needs a value for each input of the interface, once.",
    matters: "No value is assumed; zero is a value like any other.",
    when: "`ordain why car.ordain --input \"gap = 5 m\"`, where the interface has `speed` as well.",
    cure: "Give every input: `--input \"gap = 5 m, speed = 3 m/s\"`.")

  static let notFormatted = CodeExplanation(
    "a specification that is not formatted",
    means: "`ordain fmt --check` found a file that `ordain fmt` would write in another way.",
    matters: "Reviews should show what changed in the rules, not in their blanks.",
    when: """
      `enforce p{when gap<5 m then choose stop}` instead of `enforce p { when gap < 5 m then choose stop }`.
      """,
    cure: "Run `ordain fmt` on the file.")
}
