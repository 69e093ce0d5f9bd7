import HotReloadBuild
import HotReloadClient
import Testing

@testable import HotReloadCommands

@Suite struct ExitCodeTests {
  @Test(
    arguments: [
      (BuildFailure.Kind.buildFailed, 2), (.unloadable, 5), (.other, 1), (.cancelled, nil),
    ] as [(BuildFailure.Kind, Int32?)])
  func ofBuildFailures(kind: BuildFailure.Kind, code: Int32?) {
    let failure = CommandFailure(
      BuildFailure(kind, .compileFailed, "message", hint: "hint", output: "output"))
    #expect(failure.exit?.rawValue == code)
    if code != nil {
      #expect(failure.message == "message")
      #expect(failure.hint == "hint")
      #expect(failure.output == "output")
    }
  }

  @Test func ofClientErrors() throws {
    let url = try DeviceURL("esp")
    let table: [(ClientError, ToolExit?)] = [
      (.unreachable(url, reason: "no route"), .unreachable),
      (.refused(Refusal(status: 422, error: "not_loadable", detail: "why")), .refused),
      (.protocolViolation(url, detail: "no JSON"), .unreachable),
      (.cancelled, nil),
    ]
    for (error, exit) in table { #expect(CommandFailure(error).exit == exit, "\(error)") }
  }

  @Test(arguments: [
    ("wrong_firmware", true), ("forbidden", true), ("busy", true), ("novel", false),
  ])
  func aRefusalIsShownInFullWithAdviceWhereThereIsSome(code: String, hasHint: Bool) {
    let failure = CommandFailure(
      .refused(Refusal(status: 409, error: code, detail: "the device's words")))
    #expect(failure.message == "the device refused: the device's words (409, \(code))")
    #expect((failure.hint != nil) == hasHint)
  }

  @Test(
    arguments: [
      (["--help"], 0), (["--version"], 0), ([], 0), (["generate"], 0), (["help", "reload"], 0),
      (["nonsense"], 64), (["reload", "--nonsense"], 64), (["inspect"], 64),
      (["reload", "--timeout", "0"], 64), (["watch", "--debounce", "-1"], 64),
      (["run", "--port", "65536"], 64), (["generate", "stubs", "--table", "x"], 64),
      (["reload"], 64), (["status"], 64), (["watch"], 64), (["build"], 64), (["run"], 64),
      (["build", "--plan", "missing.json"], 64), (["inspect", "missing.elf"], 1),
      (["inspect", "x", "--chip", "z80"], 64),
      (["status", "--url", "127.0.0.1:1"], 3), (["status", "--url", "http://"], 64),
    ] as [([String], Int32)])
  func ofCommandLines(arguments: [String], code: Int32) async throws {
    let world = try TestWorld()
    let exit = await world.run(arguments)
    #expect(exit.rawValue == code, "\(world.standardError)")
    if code == 0 {
      #expect(!world.standardOutput.isEmpty)
      #expect(world.standardError.isEmpty)
    } else {
      #expect(world.standardOutput.isEmpty)
      #expect(world.standardError.lowercased().hasPrefix("error: "), "\(world.standardError)")
    }
  }

  @Test func aHostThatNobodyKnowsIsUnreachable() async throws {
    let world = try TestWorld()
    // A label of a name has at most 63 bytes (RFC 1035): no server is asked for this one.
    let host = String(repeating: "a", count: 64)
    #expect(await world.run(["status", "--url", host]) == .unreachable)
    #expect(
      world.standardError.hasPrefix(
        "error: http://\(host):8080 does not answer: the host name is not known\nhint: "),
      "\(world.standardError)")
  }

  @Test func aFailureIsWhatWhereAndOneHint() throws {
    let world = try TestWorld()
    world.context().terminal.failure(
      CommandFailure(.buildFailed, "it broke", hint: "mend it", output: "a.c:1: no"))
    #expect(world.standardError == "a.c:1: no\nerror: it broke\nhint: mend it\n")
    #expect(world.standardOutput.isEmpty)
  }

  @Test func colourAndOverwritingAreForTerminalsOnly() throws {
    let world = try TestWorld()
    world.context().terminal.progress("working")
    #expect(world.standardError.isEmpty)
    let terminal = world.context(isInteractive: true).terminal
    terminal.progress("working")
    terminal.note("done")
    #expect(world.standardError == "\r\u{1B}[Kworking\r\u{1B}[Kdone\n")
  }
}
