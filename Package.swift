// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.unsafeFlags(["-warnings-as-errors"]), .swiftLanguageMode(.v6)]

func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.target(name: name), "TestSupport"] + dependencies,
    exclude: exclude, swiftSettings: strict)
}

let package = Package(
  name: "ordain-compiler",
  products: [
    .executable(name: "ordain", targets: ["ordain"]),
    .executable(name: "ordain-checkcert", targets: ["ordain-checkcert"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
  ],
  targets: [
    .systemLibrary(name: "CGMP", providers: [.apt(["libgmp-dev"])]),
    .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZ3", pkgConfig: "z3", providers: [.apt(["libz3-dev"])]),

    library("Diagnostics", ["CCrypto"]),
    library("ExactArithmetic", ["CGMP"]),
    library("SpecificationLanguage", ["Diagnostics", "ExactArithmetic"], exclude: ["Grammar.ebnf"]),
    library("LoopIR"),
    library("NetworkIR", ["Diagnostics", "ExactArithmetic", "LoopIR"]),
    library(
      "ModelImport",
      [
        "Diagnostics", "ExactArithmetic", "NetworkIR",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ], exclude: ["ONNX/onnx.proto"]),
    library("CertifiedBounds", ["Diagnostics", "ExactArithmetic", "NetworkIR"]),
    // Shares no code with what makes certificates.
    library("CertificateChecker", ["CCrypto"]),
    .executableTarget(
      name: "ordain-checkcert", dependencies: ["CertificateChecker"], swiftSettings: strict),
    library("SMTSolving", ["ExactArithmetic", "CZ3"]),
    library(
      "SafetyLayers",
      [
        "CertifiedBounds", "Diagnostics", "ExactArithmetic", "SpecificationLanguage", "NetworkIR",
        "SMTSolving",
      ]),
    library("VNNLIB", ["Diagnostics", "ExactArithmetic", "SpecificationLanguage"]),
    .target(name: "CRelaxationKernels"),
    // Shares no code with the search for proofs.
    .target(name: "CProofKernels"),
    library("ProofChecker", ["CCrypto", "CProofKernels", "ExactArithmetic"]),
    library(
      "SafetyVerification",
      [
        "CertifiedBounds", "CRelaxationKernels", "Diagnostics", "ExactArithmetic", "NetworkIR",
        "ProofChecker", "SMTSolving", "SafetyLayers", "SpecificationLanguage", "VNNLIB",
      ]),
    library("CodeGeneration", ["Diagnostics", "ExactArithmetic", "LoopIR", "NetworkIR", "SafetyLayers"]),
    library(
      "CompilerDriver",
      [
        "CertifiedBounds", "Diagnostics", "ExactArithmetic", "SpecificationLanguage", "NetworkIR",
        "ModelImport", "ProofChecker", "SafetyLayers", "SafetyVerification", "CodeGeneration", "VNNLIB",
      ]),
    library(
      "LanguageServer",
      [
        "Diagnostics", "ExactArithmetic", "SpecificationLanguage", "SMTSolving", "SafetyLayers",
        "CompilerDriver",
      ], exclude: ["Editors"]),
    .executableTarget(
      name: "ordain",
      dependencies: [
        "CompilerDriver", "LanguageServer", "SafetyVerification", "SpecificationLanguage", "VNNLIB",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(name: "Subprocesses", path: "Tests/Subprocesses", swiftSettings: strict),
    .target(
      name: "TestSupport",
      dependencies: [
        "Diagnostics", "ExactArithmetic", "NetworkIR", "SpecificationLanguage", "SafetyLayers",
        "Subprocesses",
      ],
      path: "Tests/TestSupport", swiftSettings: strict),
    .executableTarget(
      name: "EmittedCodeBenchmark",
      dependencies: [
        "CodeGeneration", "CompilerDriver", "Diagnostics", "SafetyLayers", "SpecificationLanguage",
        "TestSupport",
      ],
      path: "Tests/Benchmarks/EmittedCode", swiftSettings: strict),
    .executableTarget(
      name: "LanguageServerBenchmark", path: "Tests/Benchmarks/LanguageServer", swiftSettings: strict),
    .executableTarget(
      name: "CheckerBenchmark",
      dependencies: ["Diagnostics", "SafetyLayers", "SpecificationLanguage", "TestSupport"],
      path: "Tests/Benchmarks/Checker", swiftSettings: strict),
    tests("Diagnostics"),
    tests("ExactArithmetic"),
    tests("LoopIR"),
    tests(
      "SpecificationLanguage", ["Diagnostics", "ExactArithmetic", "SafetyLayers"],
      exclude: ["Golden", "GoldenFormatting"]),
    tests("NetworkIR", ["Diagnostics", "ExactArithmetic", "LoopIR"]),
    tests(
      "ModelImport", ["Diagnostics", "ExactArithmetic", "NetworkIR"], exclude: ["Malformed", "WellFormed"]),
    tests(
      "CertifiedBounds", ["Diagnostics", "ExactArithmetic", "ModelImport", "NetworkIR"],
      exclude: ["true_norms.py", "true_norms.txt"]),
    tests(
      "CertificateChecker",
      ["CertifiedBounds", "Diagnostics", "ExactArithmetic", "ModelImport", "NetworkIR", "Subprocesses"]),
    tests("ProofChecker", ["Diagnostics", "ExactArithmetic", "NetworkIR", "SafetyVerification", "VNNLIB"]),
    tests("SMTSolving", ["ExactArithmetic"]),
    tests(
      "SafetyLayers", ["Diagnostics", "ExactArithmetic", "SpecificationLanguage", "NetworkIR", "SMTSolving"]),
    tests(
      "CodeGeneration",
      [
        "CertifiedBounds", "Diagnostics", "ExactArithmetic", "LoopIR", "ModelImport", "NetworkIR",
        "SafetyLayers", "SpecificationLanguage",
      ],
      exclude: ["Golden"]),
    // Drives the built executable over a pipe, as editors do.
    .testTarget(
      name: "LanguageServerTests", dependencies: ["SpecificationLanguage", "Subprocesses", "TestSupport"],
      swiftSettings: strict),
    tests(
      "VNNLIB", ["CompilerDriver", "Diagnostics", "ExactArithmetic", "SpecificationLanguage", "SMTSolving"]),
    tests(
      "SafetyVerification",
      [
        "CertifiedBounds", "CompilerDriver", "Diagnostics", "ExactArithmetic", "ModelImport", "NetworkIR",
        "SMTSolving", "SafetyLayers", "SpecificationLanguage", "VNNLIB",
      ]),
    tests(
      "CompilerDriver",
      [
        "CertifiedBounds", "Diagnostics", "ExactArithmetic", "NetworkIR", "SafetyLayers",
        "SafetyVerification", "SpecificationLanguage",
      ]),
    // Runs the built executable as users do, so it depends on none of ours.
    .testTarget(
      name: "EndToEndTests", dependencies: ["Subprocesses"], exclude: ["Golden", "SeededDefects"],
      swiftSettings: strict),
  ]
)
