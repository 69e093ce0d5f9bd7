// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
]

/// The sources of a module of the project, which `Modules` links to: they are compiled once more, so that the fuzzer
/// sees every branch. Nothing is fetched: these modules need nothing but each other.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Modules/\(name)", swiftSettings: strict)
}

let package = Package(
  name: "hotreload-fuzz",
  platforms: [.macOS(.v15)],
  targets: [
    module("HotReloadELF"),
    module("HotReloadPort"),
    module("HotReloadSoftwareCrypto", ["HotReloadPort"]),
    module("HotReloadLoader", ["HotReloadELF", "HotReloadPort"]),
    module("HotReloadStore", ["HotReloadPort"]),
    module("HotReloadServer", ["HotReloadPort"]),
    module("HotReloadDelta", ["HotReloadPort"]),
    module(
      "HotReloadRuntime",
      [
        "HotReloadDelta", "HotReloadELF", "HotReloadLoader", "HotReloadPort", "HotReloadStore",
        "HotReloadServer",
      ]),
    module(
      "HotReloadSimulator",
      [
        "HotReloadLoader", "HotReloadPort", "HotReloadRuntime", "HotReloadServer",
        "HotReloadSoftwareCrypto", "HotReloadStore",
      ]),
    // Instead of swift-crypto.
    .target(
      name: "Crypto", dependencies: ["HotReloadPort", "HotReloadSoftwareCrypto"],
      swiftSettings: strict),
    // What reads files of others, and what that needs.
    .target(
      name: "HotReloadBuild",
      dependencies: [
        "Crypto", "HotReloadDelta", "HotReloadELF", "HotReloadLoader", "HotReloadPort",
        "HotReloadStore",
      ],
      path: "Modules/HotReloadBuild",
      swiftSettings: strict + [.unsafeFlags(["-enable-testing"])]),
    module("TestImages", ["HotReloadELF", "HotReloadPort"]),
    .target(
      name: "BoardLine", path: "Modules/BoardLine", sources: ["line.c"], publicHeadersPath: "."),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "BoardLine", "HotReloadBuild", "HotReloadDelta", "HotReloadELF", "HotReloadLoader",
        "HotReloadPort",
        "HotReloadRuntime",
        "HotReloadServer", "HotReloadSimulator", "HotReloadSoftwareCrypto", "HotReloadStore",
        "TestImages",
      ],
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]),
  ]
)
