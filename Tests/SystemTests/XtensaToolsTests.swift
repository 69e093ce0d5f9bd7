import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SystemTests {
  /// scripts/make-xtensa-tools.sh and make-xtensa-libc.sh: what they refuse, and that they leave alone what is there.
  @Suite struct XtensaToolsTests {
    private static let tools = Repository.root.pushing("scripts/make-xtensa-tools.sh")
    private static let library = Repository.root.pushing("scripts/make-xtensa-libc.sh")

    /// An empty folder.
    private func folder(_ name: String) throws -> FilePath {
      let folder = Repository.scratch.appending(name)
      let files = FileManager.default
      if files.fileExists(atPath: folder.string) { try files.removeItem(atPath: folder.string) }
      try files.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
      return folder
    }

    @Test func theCompilerThatIsMissingIsNamedWithWhatInstallsIt() async throws {
      let path = try folder("no-compiler")
      try FileManager.default.createSymbolicLink(
        atPath: path.appending("dirname").string, withDestinationPath: "/usr/bin/dirname")
      let target = path.appending("tools")
      let result = try await ChildProcess.run([
        "env", "PATH=\(path)", "/bin/sh", Self.tools.string, target.string,
      ])
      #expect(result.exitCode == 1, "\(result)")
      #expect(result.errors.contains("error: no xtensa-lx106-elf-gcc in PATH\n"), "\(result)")
      #expect(
        result.errors.contains("scripts/install-prerequisites.sh --board qemu-xtensa"), "\(result)")
      #expect(!FileManager.default.fileExists(atPath: target.string))
    }

    @Test func theCLibraryNeedsTheTools() async throws {
      let path = try folder("no-tools")
      let target = path.appending("library")
      let result = try await ChildProcess.run([
        Self.library.string, path.appending("nothing").string, target.string,
      ])
      #expect(result.exitCode == 1, "\(result)")
      #expect(result.errors.contains("nothing/bin\n"), "\(result)")
      #expect(result.errors.contains("hint: run scripts/make-xtensa-tools.sh "), "\(result)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: path.string) == [])
    }

    @Test(arguments: [
      (tools, "bin/xtensa-windowed-elf-gcc"), (library, "lib/libgcc.a"),
    ])
    func aCompleteFolderIsLeftAlone(script: FilePath, lastFile: String) async throws {
      let path = try folder("complete")
      let file = path.pushing(FilePath(lastFile))
      try FileManager.default.createDirectory(
        atPath: file.removingLastComponent().string, withIntermediateDirectories: true)
      try "".write(toFile: file.string, atomically: false, encoding: .utf8)
      let arguments = script == Self.library ? ["tools", path.string] : [path.string]
      let result = try await ChildProcess.run([script.string] + arguments)
      #expect(result.exitCode == 0 && result.errors.isEmpty, "\(result)")
      #expect(try FileManager.default.subpathsOfDirectory(atPath: path.string).count == 2)
    }

    @Test func theAssemblerKnowsRegisterWindows() async throws {
      let path = try folder("windows")
      let source = path.appending("windows.s")
      try ".text\nf: entry sp, 32\ncall8 f\nretw\n".write(
        toFile: source.string, atomically: false, encoding: .utf8)
      let programs = Repository.root.pushing("build/xtensa/bin")
      let object = path.appending("windows.o").string
      try await ChildProcess.succeed([
        programs.appending("xtensa-windowed-elf-gcc").string, "-c", source.string, "-o", object,
      ])
      let result = try await ChildProcess.succeed([
        programs.appending("xtensa-windowed-elf-objdump").string, "-d", object,
      ])
      for instruction in ["entry\ta1, 32", "call8", "retw"] {
        #expect(result.output.contains(instruction), "\(result)")
      }
    }
  }
}
