import SystemPackage

@testable import HotReloadBuild

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// clang and ld.lld, which come with every Swift, and swiftc itself.
enum Toolchain {
  static let swiftc = folder.appending("swiftc").string
  static let clang = folder.appending("clang").string
  static let linker = folder.appending("ld.lld").string
  static let nm = folder.appending("llvm-nm").string
  /// The linker and what has to be said before everything else.
  static let elfLinker = [linker, "-m", "elf32lriscv"]
  /// GNU ld for RISC-V that can make shared objects, if there is one.
  static let gnuLinker = program("riscv64-linux-gnu-ld")
  /// The computer's own GCC for C and C++, if there is one.
  static let gcc = program("g++")
  static let archiver = folder.appending("llvm-ar").string

  /// A program for Xtensa's windowed ABI, such as `gcc`: scripts/make-xtensa-tools.sh makes them, and the scripts that
  /// run tests run that.
  static func xtensa(_ name: String) -> String {
    root.appending("build/xtensa/bin/xtensa-windowed-elf-\(name)").string
  }

  /// For RISC-V without hardware floating point, the way `hotreload_add_module()` compiles modules.
  static let moduleOptions = ["-fPIC", "-Os"] + options
  static let options = [
    "--target=riscv32-none-elf", "-march=rv32imac", "-mabi=ilp32", "-ffreestanding",
    "-ffunction-sections", "-fdata-sections",
  ]

  /// For Xtensa, the way `hotreload_add_module()` compiles modules.
  static let xtensaModuleOptions = ["-Os", "-mtext-section-literals"] + xtensaOptions
  static let xtensaOptions = [
    "-mlongcalls", "-ffreestanding", "-ffunction-sections", "-fdata-sections",
  ]

  /// The folder of hotreload_module.h.
  static var include: FilePath { root.appending("components/hotreload/include") }

  /// Embedded Swift the way `hotreload_add_module()` compiles it.
  static let swiftOptions = [
    "-target", "riscv32-none-none-eabi", "-enable-experimental-feature", "Embedded", "-wmo",
    "-parse-as-library", "-Osize", "-Xfrontend", "-function-sections",
    "-Xfrontend", "-disable-stack-protector",
    "-Xcc", "-march=rv32imac", "-Xcc", "-mabi=ilp32", "-Xcc", "-ffreestanding",
  ]

  /// The repository.
  static let root = FilePath(#filePath)
    .removingLastComponent().removingLastComponent().removingLastComponent()

  /// Where swiftc really is: the first in PATH with clang and ld.lld beside it.
  private static let folder: FilePath = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for entry in path.split(separator: ":") {
      let compiler = FilePath(String(entry)).appending("swiftc").string
      guard FileManager.default.fileExists(atPath: compiler) else { continue }
      let real = URL(filePath: compiler).resolvingSymlinksInPath().path
      let folder = FilePath(real).removingLastComponent()
      if FileStatus(folder.appending("ld.lld")) != nil { return folder }
    }
    return "/usr/bin"
  }()

  /// The first program of this name in PATH.
  private static func program(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "")
      .split(separator: ":").map { FilePath(String($0)).appending(name).string }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Runs a tool that has to succeed.
  static func run(_ command: [String]) async throws {
    let result = try await ToolProcess.run(command)
    guard result.succeeded else {
      throw BuildFailure(.other, .compileFailed, "\(command)", output: result.output)
    }
  }
}
