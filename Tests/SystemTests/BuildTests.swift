import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SystemTests {
  /// What `cmake --build` does again, and what it leaves alone.
  @Suite struct BuildTests {
    /// When a file was written, and what is in it.
    private struct Snapshot: Equatable {
      var written: Date
      var bytes: [UInt8]

      init(_ file: FilePath) throws {
        let attributes = try FileManager.default.attributesOfItem(atPath: file.string)
        written = try #require(attributes[.modificationDate] as? Date)
        bytes = try FirmwareProject.bytes(of: file)
      }
    }

    @Test func anUntouchedProjectBuildsNothing() async throws {
      let project = try await FirmwareProject.basic()
      let firmware = try Snapshot(project.firmware)
      let module = try Snapshot(project.module)
      let result = try await project.build()
      #expect(result.output.contains("no work to do"), "\(result)")
      let tool = try await Tool.run("build", "--plan", project.plan.string)
      #expect(tool.output.hasSuffix(" (unchanged)\n"), "\(tool)")
      #expect(try Snapshot(project.firmware) == firmware)
      #expect(try Snapshot(project.module) == module)
    }

    @Test func anEditedModuleDoesNotLinkTheFirmwareAgain() async throws {
      let project = try await FirmwareProject.basic()
      let firmware = try Snapshot(project.firmware)
      let module = try Snapshot(project.module)
      try project.greet(with: "Edited")
      try await project.build()
      #expect(try Snapshot(project.firmware) == firmware)
      #expect(try Snapshot(project.module).bytes != module.bytes)
    }

    @Test(arguments: Board.all)
    func aNewImportIsLinkedIntoTheNextFirmware(on board: Board) async throws {
      let project = try await FirmwareProject.other(on: board)
      try await project.build()
      let firmware = try Snapshot(project.firmware)
      // A function of the C library that the board's libc.ld does not keep for modules.
      try project.edit(
        FirmwareProject.moduleSource, replacing: "hello_count = 0;",
        with: "extern long a64l(const char *); hello_count = a64l(\"/0\");")
      let tool = try await Tool.run("build", "--plan", project.plan.string)
      #expect(tool.exitCode == 2, "\(tool)")
      #expect(tool.errors.contains("'a64l'"), "\(tool)")

      try await project.build()
      #expect(try Snapshot(project.firmware).bytes != firmware.bytes)
      try await VirtualDevice.run(project) { device in
        let greeting = try await device.greeting("Hello")
        #expect(greeting.count == 1 + 64 * 2, "digits / and 0 of POSIX a64l()")
      }
    }

    @Test func theKeyIsPrivateAndStays() async throws {
      let project = try await FirmwareProject.other()
      try await project.build()
      let key = try Snapshot(project.key)
      #expect(key.bytes.count == 32)
      #expect(try project.key.stat().permissions == .ownerReadWrite)
      try project.edit(
        FirmwareProject.mainSource, replacing: "Hot reload example", with: "Built again")
      try await project.build()
      try await project.configure()
      try await project.build()
      #expect(try Snapshot(project.key) == key)
      #expect(try project.key.stat().permissions == .ownerReadWrite)
    }
  }
}
