/// What a certificate is true of.
public enum CertificateSemantics: String, Sendable, CaseIterable {
  /// The network over the real numbers, without rounding.
  case real
  /// The float program that is emitted.
  case float
}

/// Which bound of the outputs' Lipschitz constants a certificate rests on.
public enum CertificateBound: String, Sendable, CaseIterable {
  /// The product of the layers' (NUMERICS, theorem T4).
  case product
  /// That of quadratic forms through the whole network (theorem T5) for each pair where it is lower, if there is one for
  /// the network.
  case tight
}
