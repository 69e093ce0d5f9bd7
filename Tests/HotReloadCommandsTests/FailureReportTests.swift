import HotReloadBuild
import HotReloadClient
import Testing

@testable import HotReloadCommands

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct FailureReportTests {
  private struct Report: Decodable {
    struct Content: Decodable {
      var code: String
      var message: String
      var hint: String?
    }
    var error: Content
  }

  @Test(
    arguments: [
      (["status", "--json", "--url", "127.0.0.1:1"], 3, "unreachable"),
      (["status", "--json"], 64, "usage"), (["reload", "--json"], 64, "usage"),
      (["reload", "--json", "--plan", "broken.json"], 1, "bad_plan"),
    ] as [([String], Int32, String)])
  func aFailureIsJSONWhereTheResultWouldBe(
    arguments: [String], exit: Int32, code: String
  ) async throws {
    let world = try TestWorld()
    try world.write("{}", to: "broken.json")
    #expect(await world.run(arguments).rawValue == exit)
    let report = try JSONDecoder().decode(Report.self, from: Data(world.standardOutput.utf8))
    #expect(report.error.code == code)
    #expect(world.standardError.contains("error: \(report.error.message)\n"))
    #expect(report.error.hint.map { world.standardError.contains("hint: \($0)\n") } == true)
  }

  @Test func codesAreThoseOfWhateverFailed() throws {
    let url = try DeviceURL("esp")
    let table: [(CommandFailure, String)] = [
      (CommandFailure(BuildFailure(.buildFailed, .compileFailed, "m")), "compile_failed"),
      (CommandFailure(.refused(Refusal(status: 409, error: "busy", detail: "d"))), "busy"),
      (CommandFailure(.refused(Refusal(status: 500, error: "", detail: "d"))), "refused"),
      (CommandFailure(.protocolViolation(url, detail: "d")), "protocol_violation"),
      (CommandFailure(.failure, "m"), "failure"), (.cancelled, "interrupted"),
      (CommandFailure(.unloadable, "m"), "unloadable"),
    ]
    for (failure, code) in table {
      #expect(FailureReport(failure).error.code == code, "\(failure)")
    }
  }

  @Test func aLimitBelowTheSlotIsToldByItsName() {
    let failure = CommandFailure(
      .refused(
        Refusal(
          status: 413, error: "too_large",
          detail: "the body is longer than the server's max_elf_size")))
    #expect(failure.hint?.hasPrefix("raise max_elf_size") == true)
  }
}
