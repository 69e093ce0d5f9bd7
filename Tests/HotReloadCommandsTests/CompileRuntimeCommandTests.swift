import SystemPackage
import Testing

@testable import HotReloadCommands

@Suite struct CompileRuntimeCommandTests {
  private let world: TestWorld

  init() throws { world = try TestWorld() }

  private func run(_ more: String...) async -> ToolExit {
    await world.run(["compile-runtime", "--output", "lib.a"] + more)
  }

  @Test func withoutAComponentItSaysWhereItLooked() async {
    #expect(await run("--abi", "rv32imc-ilp32") == .usage)
    #expect(world.standardError.contains("there is no components/hotreload in "))
    #expect(world.standardError.contains("--component"))
  }

  @Test func theComponentIsFoundAboveAndAnUnknownABIIsNamed() async throws {
    try world.write([], to: "components/hotreload/Sources/HotReloadPort/a.swift")
    #expect(await run("--abi", "xtensa-windowed") == .failure)
    #expect(world.standardError.contains("no ABI 'xtensa-windowed'"))
    #expect(world.standardError.contains("rv32imc-ilp32"))
  }

  @Test func withoutSwiftItSaysWhereTheRuntimeComesFrom() async throws {
    try world.write([], to: "components/hotreload/Sources/HotReloadPort/a.swift")
    #expect(await run("--abi", "rv32imc-ilp32", "--swiftc", "/nowhere/swiftc") == .failure)
    #expect(world.standardError.contains("there is no Swift compiler '/nowhere/swiftc'"))
    #expect(world.standardError.contains("a release of hotreload"))
  }
}
