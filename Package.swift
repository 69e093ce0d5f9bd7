// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
]

/// Runs on the chip. The compiler holds it to the Embedded subset; it depends on device targets only.
func device(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "components/hotreload/Sources/\(name)",
    swiftSettings: strict + [.treatWarning("EmbeddedRestrictions", as: .error)])
}

/// Runs on a computer.
func host(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let nio: [Target.Dependency] = [
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
  .product(name: "NIOHTTP1", package: "swift-nio"),
]
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

let package = Package(
  name: "hotreload",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "hotreload", targets: ["hotreload"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // The chip, from bytes to the C interface.
    .target(
      name: "CHotReload", path: "components/hotreload/Sources/CHotReload", publicHeadersPath: "."),
    device("HotReloadELF"),
    device("HotReloadPort"),
    device("HotReloadSoftwareCrypto", ["HotReloadPort"]),
    device("HotReloadLoader", ["HotReloadELF", "HotReloadPort"]),
    device("HotReloadStore", ["HotReloadPort"]),
    device("HotReloadServer", ["HotReloadPort"]),
    device("HotReloadDelta", ["HotReloadPort"]),
    device(
      "HotReloadRuntime",
      [
        "HotReloadDelta", "HotReloadELF", "HotReloadLoader", "HotReloadPort", "HotReloadStore",
        "HotReloadServer",
      ]),
    device(
      "HotReloadExports",
      [
        "CHotReload", "HotReloadELF", "HotReloadLoader", "HotReloadPort", "HotReloadRuntime",
        "HotReloadServer",
        "HotReloadSoftwareCrypto", "HotReloadStore",
      ]),

    // The computer.
    host(
      "HotReloadBuild",
      [
        "HotReloadDelta", "HotReloadELF", "HotReloadLoader", "HotReloadPort", "HotReloadStore",
        crypto, subprocess, system,
      ]),
    host("HotReloadClient", ["HotReloadServer", crypto, system] + nio),
    host("HotReloadWatch", [system]),
    // Devices without hardware, for tests.
    host(
      "HotReloadSimulator",
      [
        "HotReloadLoader", "HotReloadPort", "HotReloadRuntime", "HotReloadServer",
        "HotReloadSoftwareCrypto", "HotReloadStore",
      ]),
    host(
      "HotReloadCommands",
      [
        "HotReloadBuild", "HotReloadClient", "HotReloadELF", "HotReloadLoader", "HotReloadPort",
        "HotReloadStore", "HotReloadWatch", argumentParser, subprocess, system, toml,
      ] + nio),
    .executableTarget(
      name: "hotreload", dependencies: ["HotReloadCommands"], swiftSettings: strict),

    // What the tests of several modules share: images, committed or built byte by byte, and memory to load them into.
    .target(
      name: "TestImages", dependencies: ["HotReloadPort"], path: "Tests/TestImages",
      swiftSettings: strict),
    // What is measured, by tests and by `make bench`.
    .target(
      name: "Measurements", dependencies: ["TestImages"], path: "Benchmarks/Sources/Measurements",
      swiftSettings: strict),
    // The device's end of the escaped line, to test it against the tool's.
    .target(
      name: "BoardLine", path: "Boards/qemu-xtensa/src", sources: ["line.c"], publicHeadersPath: "."
    ),
    tests("HotReloadELF", ["HotReloadELF", "TestImages"]),
    tests("HotReloadLoader", ["HotReloadLoader", "HotReloadELF", "HotReloadPort", "TestImages"]),
    tests("HotReloadSoftwareCrypto", ["HotReloadSoftwareCrypto", "HotReloadPort", crypto]),
    tests(
      "HotReloadStore",
      ["HotReloadStore", "HotReloadPort", "HotReloadSimulator", "HotReloadSoftwareCrypto"]),
    tests("HotReloadServer", ["HotReloadServer", "HotReloadPort", "HotReloadSoftwareCrypto"]),
    tests(
      "HotReloadDelta",
      ["HotReloadBuild", "HotReloadDelta", "HotReloadPort", "HotReloadSimulator", "TestImages"]),
    tests(
      "HotReloadRuntime",
      [
        "HotReloadBuild", "HotReloadLoader", "HotReloadPort", "HotReloadRuntime", "HotReloadServer",
        "HotReloadSimulator", "HotReloadSoftwareCrypto", "HotReloadStore", "TestImages",
      ]),
    tests(
      "HotReloadBuild",
      [
        "HotReloadBuild", "HotReloadELF", "HotReloadLoader", "HotReloadPort", "TestImages", crypto,
        system,
      ]),
    tests("HotReloadClient", ["HotReloadClient", "HotReloadServer", crypto] + nio),
    tests("HotReloadWatch", ["HotReloadWatch", system]),
    tests(
      "HotReloadCommands",
      [
        "BoardLine", "HotReloadBuild", "HotReloadClient", "HotReloadCommands", "HotReloadELF",
        "HotReloadLoader", "HotReloadWatch", "TestImages", argumentParser, system,
      ] + nio),
    tests("Measurements", ["Measurements"]),
    tests(
      "System",
      [
        "HotReloadBuild", "HotReloadClient", "HotReloadCommands", "HotReloadELF", "Measurements",
        "TestImages", subprocess, system,
      ]),
  ]
)
