import ExactArithmetic
import SpecificationLanguage

/// For example: `L2 0.3 of physical inputs`.
func text(_ ball: HeadLayout.Ball) -> String { text(ball.norm, ball.radius, ball.space) }

func text(_ norm: Norm, _ radius: Rational, _ space: NormSpace) -> String {
  "\(norm.rawValue) \(decimal(radius)) of \(space.rawValue) inputs"
}

/// For example: `same "the digit stays"`.
func text(_ clause: RobustnessClause) -> String {
  clause.title.isEmpty ? clause.name : "\(clause.name) \"\(clause.title)\""
}
