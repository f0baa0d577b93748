import SMTSolving
import SpecificationLanguage

/// Compares what posts of one interface demand. Scores that were found before are tried first; the solver
/// has the last word.
final class PostComparison {
  enum Answer: Hashable {
    case yes, no
    case unknown(reason: String)
  }

  private struct Question: Hashable {
    let demanded: Set<Post>
    let violated: Post?
  }

  private let interface: Interface
  private lazy var context = SolverContext()
  private lazy var encoding = PostEncoding(interface, in: context)
  private let timeoutMilliseconds: UInt32
  private var answers: [Question: Answer] = [:]
  private var terms: [Post: BoolTerm] = [:]
  private let hints: [[Int]]
  /// Scores that answered a question, as levels, in the order in which they were found.
  private(set) var witnesses: [[Int]] = []

  /// - Parameter hints: scores that may answer something, one an output each; wrong ones are of no
  ///   consequence.
  init(_ interface: Interface, hints: [[Int]], timeoutMilliseconds: UInt32) {
    self.interface = interface
    self.hints = hints.filter { $0.count == interface.outputs.count }
    self.timeoutMilliseconds = timeoutMilliseconds
  }

  /// Whether some scores satisfy all of `posts`.
  func isSatisfiable(_ posts: Set<Post>) -> Answer { areFound(Question(demanded: posts, violated: nil)) }

  /// Whether all scores that satisfy `posts` satisfy `post`.
  func doImply(_ posts: Set<Post>, _ post: Post) -> Answer {
    if posts.contains(post) { return .yes }
    return areFound(Question(demanded: posts, violated: post)).negated
  }

  /// Whether there are scores that satisfy all that is demanded and not what is to be violated.
  private func areFound(_ question: Question) -> Answer {
    if let known = answers[question] { return known }
    let answer: Answer
    if let known = witnesses.first(where: { answers($0, question) })
      ?? hints.first(where: { answers($0, question) })
    {
      keep(known)
      answer = .yes
    } else {
      answer = ask(question)
    }
    answers[question] = answer
    return answer
  }

  private func answers(_ scores: [Int], _ question: Question) -> Bool {
    if let violated = question.violated, violated.holds(of: scores, better: interface.better) { return false }
    return question.demanded.allSatisfy { $0.holds(of: scores, better: interface.better) }
  }

  private func keep(_ scores: [Int]) {
    if !witnesses.contains(scores) { witnesses.append(scores) }
  }

  private func ask(_ question: Question) -> Answer {
    // Unsatisfiable iff no scores satisfy all that is demanded and not what is to be violated.
    // A fresh solver: comparisons of outputs that the question does not name would only slow it down.
    let solver = Solver(context, timeoutMilliseconds: timeoutMilliseconds)
    for post in question.demanded { solver.assert(term(post)) }
    if let violated = question.violated { solver.assert(context.not(term(violated))) }
    switch solver.check() {
    case .unsatisfiable: return .no
    case .unknown(let reason): return .unknown(reason: reason)
    case .satisfiable(let model):
      guard let values = encoding.scores(in: model) else {
        return .unknown(reason: "the solver's scores are incomplete")
      }
      let ascending = Set(values).sorted()
      let scores = values.map { value in ascending.firstIndex(of: value) ?? 0 }
      guard answers(scores, question) else {
        return .unknown(reason: "the solver's example of scores does not replay")
      }
      keep(scores)
      return .yes
    }
  }

  private func term(_ post: Post) -> BoolTerm {
    if let known = terms[post] { return known }
    let term = encoding.term(post)
    terms[post] = term
    return term
  }
}

extension PostComparison.Answer {
  fileprivate var negated: Self {
    switch self {
    case .yes: .no
    case .no: .yes
    case .unknown: self
    }
  }
}
