import HotReloadClient
import Testing

extension SystemTests {
  /// A chip that starts again while `hotreload run` goes on.
  @Suite struct RestartTests {
    @Test(arguments: Board.all)
    func theDeviceAnswersAfterARestartInPlace(on board: Board) async throws {
      let project = try await FirmwareProject.other(on: board)
      try project.edit(
        FirmwareProject.mainSource, replacing: "    while (true) {\n",
        with:
          "    for (int count = 0; boot == 1; count++) {\n        if (count == 200) board_restart();\n"
          + "        board_delay_ms(10);\n    }\n    while (true) {\n")
      try await project.build()
      try await VirtualDevice.run(project) { device in
        #expect(try await device.status().reset == "power_on")
        try await device.console.line(containing: "board: restarted (software)")
        let greeting = try await device.greeting("Hello")
        #expect(greeting.boot == 2, "\(greeting)")
        #expect(try await device.status().reset == "software")
      }
    }
  }
}
