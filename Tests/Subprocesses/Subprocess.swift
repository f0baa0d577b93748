import Glibc
import Synchronization

/// A process that a test started. Foundation's `Process` is not used: under many concurrent tests on Linux its
/// `waitUntilExit` waits for ever now and then, and its children inherit each other's pipes.
public final class Subprocess {
  public enum Ending: Equatable, Sendable {
    case exit(Int32)
    case signal(Int32)
    /// It ran past its limit and was killed.
    case timeout
  }

  /// A call of the system failed.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// Locked while a process starts and while a pipe is not yet closed for new processes.
  private static let starting = Mutex(())

  private let identifier: pid_t
  private var ending: Ending?

  /// Starts a program.
  /// - Parameters:
  ///   - program: a path, or a name that is looked up in PATH.
  ///   - folder: where it runs.
  ///   - environment: of the process; `nil` for this one's.
  ///   - streams: the file descriptors that become its standard input, output and error. Others are to be opened with
  ///     `O_CLOEXEC`, so that it does not inherit them.
  public init(
    _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String]? = nil,
    streams: (input: Int32, output: Int32, error: Int32)
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, streams.input, 0)
    posix_spawn_file_actions_adddup2(&actions, streams.output, 1)
    posix_spawn_file_actions_adddup2(&actions, streams.error, 2)

    // Swift's runtime may ignore or block signals; a child starts as from a shell.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (all, none) = (sigset_t(), sigset_t())
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    // env looks the program up and enters the folder; it ends with 127 where it cannot.
    let words = ["/usr/bin/env", "-C", folder ?? ".", program] + arguments
    let variables = environment.map { $0.map { "\($0)=\($1)" } }
    var identifier = pid_t()
    let error = withCStrings(words) { words in
      Self.starting.withLock { _ in
        guard let variables else {
          return posix_spawn(&identifier, "/usr/bin/env", &actions, &attributes, words, environ)
        }
        return withCStrings(variables) {
          posix_spawn(&identifier, "/usr/bin/env", &actions, &attributes, words, $0)
        }
      }
    }
    guard error == 0 else {
      throw Failure(description: "cannot start \(program): \(String(cString: strerror(error)))")
    }
    self.identifier = identifier
  }

  /// A pipe that no process inherits, but for the ends that it is given as streams.
  public static func pipe() throws -> (reading: Int32, writing: Int32) {
    try starting.withLock { _ in
      var ends: [Int32] = [-1, -1]
      guard Glibc.pipe(&ends) == 0 else {
        throw Failure(description: "pipe: \(String(cString: strerror(errno)))")
      }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return (ends[0], ends[1])
    }
  }

  /// Waits until it ends, `limit` seconds at most; then it is killed.
  public func wait(limit: Int = 900) -> Ending {
    if let ending { return ending }
    let end = ContinuousClock.now + .seconds(limit)
    var status: Int32 = 0
    var pause: UInt32 = 500
    while waitpid(identifier, &status, WNOHANG) == 0 {
      if ContinuousClock.now > end {
        terminate()
        return .timeout
      }
      usleep(pause)
      pause = min(2 * pause, 20_000)
    }
    let signal = status & 0x7f
    let ending = signal == 0 ? Ending.exit((status >> 8) & 0xff) : .signal(signal)
    self.ending = ending
    return ending
  }

  /// Kills it if it still runs.
  public func terminate() {
    guard ending == nil else { return }
    kill(identifier, SIGKILL)
    var status: Int32 = 0
    waitpid(identifier, &status, 0)
    ending = .timeout
  }

  /// Runs a program from and to files.
  public static func run(
    _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String]? = nil,
    input: String, output: String, errors: String
  ) throws -> Ending {
    var descriptors: [Int32] = []
    defer { for descriptor in descriptors { close(descriptor) } }
    func opened(_ path: String, _ flags: Int32) throws -> Int32 {
      let descriptor = open(path, flags | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        throw Failure(description: "\(path): \(String(cString: strerror(errno)))")
      }
      descriptors.append(descriptor)
      return descriptor
    }
    let streams = try (
      opened(input, O_RDONLY), opened(output, O_WRONLY | O_CREAT), opened(errors, O_WRONLY | O_CREAT)
    )
    return try Subprocess(program, arguments, in: folder, environment: environment, streams: streams).wait()
  }
}

/// Calls `body` with the texts as C has arguments: pointers, ended by null.
private func withCStrings<Value>(
  _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Value
) -> Value {
  var pointers = texts.map { strdup($0) } + [nil]
  defer { for pointer in pointers { free(pointer) } }
  return body(&pointers)
}
