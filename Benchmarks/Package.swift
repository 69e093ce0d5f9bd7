// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
]

/// A module of the project that `Modules` links to. Nothing is fetched.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Modules/\(name)", swiftSettings: strict)
}

let package = Package(
  name: "hotreload-benchmarks",
  platforms: [.macOS(.v15)],
  targets: [
    module("HotReloadPort"),
    module("TestImages", ["HotReloadPort"]),
    // The tests have it, too.
    .target(name: "Measurements", dependencies: ["TestImages"], swiftSettings: strict),
    .executableTarget(name: "bench", dependencies: ["Measurements"], swiftSettings: strict),
  ]
)
