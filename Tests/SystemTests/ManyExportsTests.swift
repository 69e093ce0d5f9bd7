import HotReloadELF
import SystemPackage
import Testing

extension ModuleTests {
  /// 5,000 functions behind stubs, with names of every kind: each is its own, before and after a reload.
  @Suite struct ManyExportsTests {
    @Test(arguments: Board.all)
    func everyOneOfFiveThousandFunctionsIsCalled(on board: Board) async throws {
      let project = try await FirmwareProject.shared(
        "many", { try ManyExports.write(to: Repository.scratch.appending("many-template")) },
        on: board)
      let symbols = try LinkedSymbols(FirmwareProject.bytes(of: project.firmware)).all
      for index in 0..<ManyExports.count {
        let name = ManyExports.symbol(index)
        let size = try #require(symbols[name]?.byteCount, "\(name)")
        #expect(size > 0 && size <= 16, "4 instructions of 4 bytes: \(name)")
      }
      try await VirtualDevice.run(project) { device in
        try await expect("generation 1: 5000 results are right", device)
        try project.write(ManyExports.generationText(2), to: ManyExports.generation)
        let reload = try await Tool.reload(project, to: device)
        #expect(reload.exitCode == 0, "\(reload)")
        try await expect("generation 2: 5000 results are right", device)
      }
    }

    private func expect(_ line: String, _ device: VirtualDevice) async throws {
      let found = try await device.console.line(containing: "results are right")
      #expect(found.contains(line), "\(device.console.text.suffix(2000))")
    }
  }
}
