import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ESPIDFTests {
  /// A project of the original with our component in its place, on a computer without Swift.
  @Suite struct ToolSearchTests {
    private static let shared = Task {
      let component = try ComponentCopy(in: "bare")
      let project = try ESPIDFProject(
        in: "original", "original_project", projectName: "lamp_firmware",
        options: [component.option],
        environment: try await ProgramFolder.withoutSwift.value.environment)
      return (project, component)
    }

    /// The original's project, and our component, which is not in its repository and has nothing prebuilt.
    private func project() async throws -> (ESPIDFProject, ComponentCopy) {
      let (project, component) = try await Self.shared.value
      try component.strip()
      return (project, component)
    }

    @Test func onlyTheDependencyChanged() async throws {
      let (project, component) = try await project()
      try await component.ship()
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
      let (project, component) = try await project()
      func found(_ settings: [String] = []) async throws -> String {
        let result = try await project.configure(settings)
        guard result.exitCode == 0 else { throw ChildProcess.Failure(result: result) }
        return try project.built(file: "hotreload/tool.txt")
      }
      try await component.ship()
      #expect(try await found() == "\(try await component.tool())\n")
      let programs = try await ProgramFolder.withoutSwift.value.folder
      #expect(
        try await found(["PATH=\(programs):\(Repository.products)"]) == "\(Repository.tool)\n")
      let other = Repository.scratch.pushing("esp-idf/other-tool")
      try? FileManager.default.removeItem(atPath: other.string)
      try FileManager.default.createSymbolicLink(
        atPath: other.string, withDestinationPath: Repository.tool.string)
      #expect(try await found(["HOTRELOAD_TOOL=\(other)"]) == "\(other)\n")
    }

    @Test func inACheckoutItIsBuilt() async throws {
      let checkout = Repository.scratch.pushing("esp-idf/components/checkout")
      let component = try ComponentCopy(in: "checkout/components")
      try await component.addRuntime()
      try "  name: \"hotreload\",\n".write(
        toFile: checkout.appending("Package.swift").string, atomically: false, encoding: .utf8)
      // In the place of a compiler that takes minutes: what it is asked for, and where the product lies.
      let swift = checkout.appending("swift")
      try """
      #!/bin/sh
      case "$*" in *--show-bin-path) echo '\(Repository.products)' ;; *) echo "asked: $*" ;; esac
      """.write(toFile: swift.string, atomically: false, encoding: .utf8)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: swift.string)
      let without = try await ProgramFolder.withoutSwift.value
      let project = try ESPIDFProject(
        in: "checkout", "original_project", projectName: "lamp_firmware",
        options: [component.option],
        environment: without.environment + ["PATH=\(without.folder):\(checkout)"])
      let result = try await project.configured()
      #expect(
        result.message.contains(
          "asked: build --package-path \(checkout) -c release --product hotreload"), "\(result)")
      #expect(try project.built(file: "hotreload/tool.txt") == "\(Repository.tool)\n")
    }

    private func modified(_ file: FilePath) throws -> Date {
      let attributes = try FileManager.default.attributesOfItem(atPath: file.string)
      return try #require(attributes[.modificationDate] as? Date)
    }

    @Test func aRuntimeOfAnotherABIIsRefusedBeforeTheLink() async throws {
      let (project, component) = try await project()
      try await component.ship()
      try await project.configured()
      try await project.built()
      let before = try modified(project.firmware)
      try component.replaceRuntime()
      let result = try await project.build()
      #expect(result.exitCode != 0, "\(result)")
      #expect(result.message.contains("libhotreload_runtime.a"), "\(result)")
      #expect(result.message.contains("hint: "), "\(result)")
      #expect(try modified(project.firmware) == before, "nothing was linked")
    }

    @Test func withoutAToolAllFourPlacesAreNamed() async throws {
      let (project, component) = try await project()
      let result = try await project.configure()
      #expect(result.exitCode != 0, "\(result)")
      for text in [
        "HOTRELOAD_TOOL", "PATH", "\(try await component.tool())", "no checkout",
      ] {
        #expect(result.message.contains(text), "no '\(text)': \(result)")
      }
    }
  }
}
