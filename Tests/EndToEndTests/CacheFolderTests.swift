import Foundation
import Testing

/// The cache folder of the command line: it changes no output and stops nothing.
@Suite struct CacheFolderTests {
  let folder: TestFolder
  let plain: Outcome

  init() throws {
    folder = try TestFolder()
    plain = try folder.ordain(["check", cartpole])
  }

  private func check(_ options: [String]) throws {
    let outcome = try folder.ordain(["check", cartpole] + options)
    #expect(outcome.status == plain.status)
    #expect(outcome.output == plain.output)
    #expect(outcome.errors == plain.errors)
  }

  private var entries: [String] { folder.names(in: "cache") ?? [] }

  @Test func anEntryIsWrittenUsedAndKept() throws {
    try check(["--cache", "cache"])
    #expect(entries.count == 1 && entries[0].hasSuffix(".witnesses"))
    let entry = try folder.read("cache/" + entries[0])
    try check(["--cache", "cache"])
    #expect(entries.count == 1)
    #expect(try folder.read("cache/" + entries[0]) == entry)
  }

  @Test func withoutACacheNothingIsWritten() throws {
    let before = folder.names(in: ".")
    try check(["--no-cache"])
    #expect(folder.names(in: ".") == before)
    let both = try folder.ordain(["check", cartpole, "--cache", "cache", "--no-cache"])
    #expect(both.status == 2)
  }

  @Test func theUsersOwnFolderIsTheDefault() throws {
    _ = try folder.shell("HOME=\(folder.path) $0 check \(cartpole)")
    #expect(folder.names(in: ".cache/ordain")?.count == 1)
    _ = try folder.shell("HOME=\(folder.path) XDG_CACHE_HOME=\(folder.path)/xdg $0 check \(cartpole)")
    #expect(folder.names(in: "xdg/ordain")?.count == 1)
    _ = try folder.shell("HOME=\(folder.path)/other $0 check \(cartpole) --no-cache")
    #expect(folder.names(in: "other") == nil)
  }

  @Test func aFolderThatCannotBeUsedIsPassedOver() throws {
    try check(["--cache", "/proc/no/such/folder"])
    try folder.write("file", "not a folder")
    try check(["--cache", "file"])
    _ = try folder.shell("mkdir -p cache")
    try check(["--cache", "cache"])
    let name = entries[0]
    // A pipe and a folder where the entry should be, and entries of other lengths.
    for line in [
      "rm cache/\(name) && mkfifo cache/\(name)", "rm cache/\(name) && mkdir cache/\(name)",
      "rmdir cache/\(name) && : > cache/\(name)", "printf 'ordain-witnesses 1\\npoint' > cache/\(name)",
      "head -c 9000000 /dev/urandom > cache/\(name)",
    ] {
      #expect(try folder.shell(line).status == 0)
      try check(["--cache", "cache"])
    }
  }

  /// Eight processes at once: each says the same, and what is left is a whole entry.
  @Test func processesShareAFolder() throws {
    // xargs, not `wait`: a shell started with SIGCHLD blocked, as Foundation does, waits for ever.
    _ = try folder.shell(
      "seq 8 | xargs -P 8 -I{} sh -c '\"$0\" check \(cartpole) --cache cache >out{} 2>&1' \"$0\"")
    for number in 1...8 { #expect(try folder.read("out\(number)") == folder.read("out1")) }
    #expect(entries.count == 1)
    #expect(try folder.read("cache/" + entries[0]).hasSuffix("\nend\n"))
    try check(["--cache", "cache"])
  }

  @Test func oldEntriesGo() throws {
    _ = try folder.shell(
      "mkdir cache; for i in $(seq 1 80); do touch -d '2020-01-01' cache/$i.witnesses; done; touch cache/mine"
    )
    try check(["--cache", "cache"])
    #expect(entries.count == 65 && entries.contains("mine"))
  }
}
