import SystemPackage
import Testing

extension SystemTests {
  /// Requests that another HTTP server has parsed, from C, on the virtual chip, which has no such server: the firmware plays
  /// it. And the runtime's lock: taken once a call, not held while a reply is sent.
  @Suite struct RequestTests {
    @Test(arguments: Board.all)
    func parsedRequestsAreAnsweredWithoutTheLock(on board: Board) async throws {
      let project = try await FirmwareProject.other(on: board)
      try project.write(fixturesOf: "Firmware", as: ["requests.c": FirmwareProject.mainSource])
      try await project.build()
      let result = try await Tool.run("run", "--plan", project.plan.string)
      #expect(result.exitCode == 0, "\(result)")
      #expect(result.output.contains(/\n[1-9][0-9]+ checks held, 0 failed\n/), "\(result)")
    }
  }
}
