import HotReloadClient
import HotReloadELF
import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SystemTests {
  /// `hotreload inspect` of what a build made, compared with the linked files and with the device.
  @Suite struct InspectTests {
    /// The members of docs/INSPECT.md that these tests look at.
    private struct Report: Decodable {
      struct Region: Decodable {
        var kind: String
        var memorySize: Int
      }
      struct Manifest: Decodable {
        var chip: String
        var moduleID: String
        var firmwareID: String
        var lifecycle: UInt32?
      }
      struct KeptVariable: Decodable {
        var name: String
        var address: UInt32
        var size: UInt32
      }
      struct Export: Decodable {
        var name: String?
        var address: UInt32
      }
      struct Import: Decodable {
        var name: String
        var address: UInt32?
      }
      struct Cost: Decodable {
        var image: Int
        var flash: Int
        var erased: Int?
        var slot: Int?
        var payload: Int
        var ram: Int
      }
      struct Firmware: Decodable {
        struct Table: Decodable {
          var label: String
          var names: [String]
        }
        var isBoundTo: Bool?
        var tables: [Table]
      }
      var kind: String
      var regions: [Region]
      var manifest: Manifest?
      var exports: [Export]
      var imports: [Import]
      var keptVariables: [KeptVariable]
      var cost: Cost?
      var firmware: Firmware?
      var namesFrom: String?
      var isLoadable: Bool
    }

    private func inspect(
      _ file: FilePath, _ options: String..., exit: Int32 = 0
    ) async throws -> (report: Report, notes: String) {
      let result = try await ChildProcess.run(
        [Repository.tool.string, "inspect", "--json", file.string] + options)
      #expect(result.exitCode == exit, "\(result)")
      let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
      #expect(report.isLoadable == (exit == 0))
      return (report, result.errors)
    }

    @Test(arguments: Board.all)
    func aBuiltModuleIsShownAsLinkerAndDeviceHaveIt(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      let (report, notes) = try await inspect(project.module)
      #expect(notes.isEmpty)
      #expect(report.kind == "module image")
      #expect(report.manifest?.chip == board.chip)

      var twin = project.module
      twin.extension = "so"
      #expect(report.namesFrom == twin.string)
      let linked = try LinkedSymbols(FirmwareProject.bytes(of: twin)).all
      #expect(report.exports.map(\.name) == ["reloadable_hello", "reloadable_init"])
      for export in report.exports {
        #expect(export.address == linked[export.name ?? ""]?.value, "\(export)")
      }
      let firmware = try LinkedSymbols(FirmwareProject.bytes(of: project.firmware)).all
      #expect(report.imports.map(\.name) == ["board_version", "printf"])
      for item in report.imports {
        #expect(item.address == firmware[item.name]?.value, "\(item)")
      }
      #expect(report.firmware?.isBoundTo == true)

      let cost = try #require(report.cost)
      #expect(cost.image == (try FirmwareProject.bytes(of: project.module).count))
      #expect(cost.erased == board.eraseSize)
      // board.toml: 1 MiB of partition.
      #expect(cost.slot == 512 << 10)
      #expect(cost.payload == report.regions.reduce(0) { $0 + $1.memorySize })
      try await VirtualDevice.run(project) { device in
        let status = try await device.status()
        let module = try #require(status.module(in: "hotreload"))
        #expect(module.ram.map { Int($0) } == cost.ram)
        #expect(module.size.map { Int($0) } == cost.image)
        #expect(module.id == report.manifest?.moduleID)
        #expect(status.firmware.id == report.manifest?.firmwareID)
      }
    }

    @Test(arguments: Board.all)
    func keptVariablesAndTheLifecycleFunctionAreWhereTheLinkerPutThem(on board: Board) async throws
    {
      let project = try await FirmwareProject.basic(on: board)
      try project.edit(
        FirmwareProject.moduleSource, replacing: "static int hello_count;",
        with: """
          #include "hotreload_module.h"
          HOTRELOAD_KEEP static int hello_count;
          static int accept(hotreload_load_reason_t reason) { return reason > 2; }
          HOTRELOAD_ON_LOAD(accept);
          """)
      let build = try await Tool.run("build", "--plan", project.plan.string)
      #expect(build.exitCode == 0, "\(build)")
      let report = try await inspect(project.module).report
      var twin = project.module
      twin.extension = "so"
      let linked = try LinkedSymbols(FirmwareProject.bytes(of: twin)).all
      #expect(report.exports.map(\.name) == ["reloadable_hello", "reloadable_init"])
      #expect(report.manifest?.lifecycle == linked["hotreload_lifecycle"]?.value)
      #expect(report.manifest?.lifecycle != nil)
      let kept = try #require(report.keptVariables.first)
      #expect(report.keptVariables.count == 1)
      #expect(kept.name == "hello_count")
      #expect(kept.address == linked["hello_count"]?.value)
      #expect(kept.size == 4)
      // Its record in the block (docs/MODULE-FORMAT.md).
      let cost = try #require(report.cost)
      #expect(cost.ram >= cost.payload + 16)
    }

    @Test func withoutItsBuildFolderAnImageTakesItsNamesFromTheFirmware() async throws {
      let project = try await FirmwareProject.basic()
      let image = try project.scratchFile("alone.elf")
      try FileManager.default.copyItem(atPath: project.module.string, toPath: image.string)
      let alone = try await inspect(image).report
      #expect(alone.exports.map(\.name) == [nil, nil])
      #expect(alone.imports.isEmpty)
      #expect(alone.firmware == nil)

      let named = try await inspect(image, "--firmware", project.firmware.string).report
      #expect(named.exports.map(\.name) == ["reloadable_hello", "reloadable_init"])
      #expect(named.namesFrom == project.firmware.string)
    }

    @Test func theLinkedModuleOfOtherCodeGivesNoNames() async throws {
      let project = try await FirmwareProject.basic()
      let image = try project.scratchFile("copied.elf")
      let twin = try project.scratchFile("copied.so")
      try FileManager.default.copyItem(atPath: project.module.string, toPath: image.string)
      let foreign = Repository.root.pushing("Tests/Fixtures/ELF/bus.so")
      try FileManager.default.copyItem(atPath: foreign.string, toPath: twin.string)
      let (report, notes) = try await inspect(image)
      #expect(report.exports.map(\.name) == [nil, nil])
      #expect(notes.contains("copied.so is another module than the one that was packed"))
    }

    @Test func aModuleOfAnotherFirmwareIsRefusedIfThatIsNamed() async throws {
      let project = try await FirmwareProject.basic()
      let other = try await FirmwareProject.other()
      try other.edit(FirmwareProject.mainSource, replacing: "Hot reload example", with: "Another")
      try await other.build()
      let result = try await inspect(project.module, "--firmware", other.firmware.string, exit: 5)
      #expect(result.report.firmware?.isBoundTo == false)
    }

    @Test func aFirmwareIsShownWithWhatItCalls() async throws {
      let project = try await FirmwareProject.basic()
      let report = try await inspect(project.firmware, exit: 5).report
      #expect(report.kind == "executable")
      let tables = try #require(report.firmware?.tables)
      #expect(tables.map(\.label) == ["hotreload"])
      #expect(tables.first?.names == ["reloadable_hello", "reloadable_init"])
    }
  }
}
