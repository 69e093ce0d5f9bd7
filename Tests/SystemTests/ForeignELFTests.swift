import SystemPackage
import HotReloadClient
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SystemTests {
  /// ELF files that `hotreload build` did not make: an error or a listing each, never a crash.
  @Suite struct ForeignELFTests {
    /// The ELF files of Tests/Fixtures, and a program of this computer.
    private static let files: [FilePath] = {
      let folder = Repository.root.pushing("Tests/Fixtures/ELF")
      let names = try? FileManager.default.contentsOfDirectory(atPath: folder.string)
      let fixtures = (names ?? []).sorted()
        .filter { name in [".so", ".o", ".elf"].contains { name.hasSuffix($0) } }
      return fixtures.map(folder.appending) + [Repository.tool]
    }()

    @Test func thereAreSome() {
      #expect(Self.files.count > 10, "\(Self.files)")
    }

    @Test(arguments: files)
    func inspectListsIt(_ file: FilePath) async throws {
      let result = try await Tool.run("inspect", file.string)
      #expect([0, 5].contains(result.exitCode), "\(result)")
      #expect((result.output + result.errors).count > 100, "\(result)")
    }

    @Test func inspectSaysWhatIsNoELF() async throws {
      let result = try await Tool.run("inspect", #filePath)
      #expect([1, 5].contains(result.exitCode), "\(result)")
      #expect((result.output + result.errors).contains("ELF"), "\(result)")
    }

    @Test(arguments: Board.all)
    func theDeviceOutlivesAnUploadOfEach(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      try await VirtualDevice.run(project) { device in
        for file in Self.files where file != Repository.tool {
          let bytes = try FirmwareProject.bytes(of: file)
          let upload = try await SignedUpload(bytes, key: project, to: device)
          let reply = try await upload.send(to: device)
          // Both ask the same loader.
          let inspection = try await Tool.run("inspect", "--chip", board.chip, file.string)
          // What loads has other exports than this firmware calls.
          #expect(reply.status == (inspection.exitCode == 0 ? 409 : 422), "\(reply)\(inspection)")
          try await device.newGreeting("Hello")
          #expect(try await device.module().id?.count == 64, "\(file): \(reply)")
        }
        try await device.expectUpload(of: "None of those", from: project)
      }
    }
  }
}
