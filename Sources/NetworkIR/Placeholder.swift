public struct Network: Sendable {}
