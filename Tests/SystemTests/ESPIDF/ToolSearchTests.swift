import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SystemTests {
  /// A project of the original with our component in its place, on a computer without Swift.
  @Suite struct ToolSearchTests {
    /// The component outside of its repository, with nothing prebuilt in it.
    private static let component = Repository.scratch.pushing("esp-idf/component/hotreload")

    private static let shared = Task {
      let files = FileManager.default
      if files.fileExists(atPath: component.string) {
        try files.removeItem(atPath: component.string)
      }
      try files.createDirectory(
        atPath: component.removingLastComponent().string, withIntermediateDirectories: true)
      try files.copyItem(
        atPath: Repository.root.pushing("components/hotreload").string, toPath: component.string)
      return try ESPIDFProject(
        in: "original", "original_project", projectName: "lamp_firmware",
        options: ["-DEXTRA_COMPONENT_DIRS=\(component)"],
        environment: try await ProgramFolder.withoutSwift.value.environment)
    }

    /// The original's project; nothing is prebuilt.
    private func project() async throws -> ESPIDFProject {
      let project = try await Self.shared.value
      for name in ["bin", "lib"] {
        try? FileManager.default.removeItem(atPath: Self.component.appending(name).string)
      }
      return project
    }

    /// Puts the tool and the runtime where a release has them.
    private func ship() async throws {
      let files = FileManager.default
      let programs = Self.component.pushing("bin").appending(try await host())
      try files.createDirectory(atPath: programs.string, withIntermediateDirectories: true)
      try files.createSymbolicLink(
        atPath: programs.appending("hotreload").string, withDestinationPath: Repository.tool.string)
      let libraries = Self.component.pushing("lib/rv32imc-ilp32")
      try files.createDirectory(atPath: libraries.string, withIntermediateDirectories: true)
      try files.copyItem(
        atPath: try await Self.runtime.value.string,
        toPath: libraries.appending("libhotreload_runtime.a").string)
    }

    private static let runtime = Task {
      let archive = Repository.scratch.pushing("esp-idf/libhotreload_runtime.a")
      try await ChildProcess.succeed([
        Repository.tool.string, "compile-runtime", "--abi", "rv32imc-ilp32", "--output",
        archive.string, "--component", Repository.root.pushing("components/hotreload").string,
      ])
      return archive
    }

    /// This computer's kind, as folders of bin/ are called.
    private func host() async throws -> String {
      let words = try await ChildProcess.succeed(["uname", "-sm"]).output.lowercased()
        .split { $0.isWhitespace }
      return words.joined(separator: "-").replacing("darwin", with: "macos")
    }

    @Test func onlyTheDependencyChanged() async throws {
      let project = try await project()
      try await ship()
      try await project.configured()
      try await project.built()
      let image = try await Tool.run(
        "inspect", project.image(of: "lamp").string, "--chip", "esp32c3", "--firmware",
        project.firmware.string)
      #expect(image.exitCode == 0, "\(image)")
      #expect(image.output.contains("lamp_step"), "\(image)")
      let symbols = try LinkedSymbols(FirmwareProject.bytes(of: project.firmware)).all
      #expect(symbols["hotreload_load"] != nil)
      #expect(
        try project.images(of: "hotreload-flash") == ["0x110000 hotreload/lamp/partition.bin"])
    }

    @Test func theFirstOfFourPlacesIsTaken() async throws {
      let project = try await project()
      func found(_ settings: [String] = []) async throws -> String {
        let result = try await project.configure(settings)
        guard result.exitCode == 0 else { throw ChildProcess.Failure(result: result) }
        return try project.built(file: "hotreload/tool.txt")
      }
      try await ship()
      let shipped = Self.component.pushing("bin").appending(try await host()).appending("hotreload")
      #expect(try await found() == "\(shipped)\n")
      let programs = try await ProgramFolder.withoutSwift.value.folder
      #expect(
        try await found(["PATH=\(programs):\(Repository.products)"]) == "\(Repository.tool)\n")
      let other = Repository.scratch.pushing("esp-idf/other-tool")
      try? FileManager.default.removeItem(atPath: other.string)
      try FileManager.default.createSymbolicLink(
        atPath: other.string, withDestinationPath: Repository.tool.string)
      #expect(try await found(["HOTRELOAD_TOOL=\(other)"]) == "\(other)\n")
    }

    @Test func withoutAToolAllFourPlacesAreNamed() async throws {
      let project = try await project()
      let result = try await project.configure()
      #expect(result.exitCode != 0, "\(result)")
      for text in [
        "HOTRELOAD_TOOL", "PATH", "bin/\(try await host())/hotreload", "no checkout",
      ] {
        #expect(result.message.contains(text), "no '\(text)': \(result)")
      }
    }
  }
}
