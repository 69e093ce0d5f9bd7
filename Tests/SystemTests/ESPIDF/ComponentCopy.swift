import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A copy of components/hotreload outside of its repository, with or without what a release carries.
struct ComponentCopy: Sendable {
  /// Has the component's name.
  let folder: FilePath
  private var libraries: FilePath { folder.appending("lib") }
  private var programs: FilePath { folder.appending("bin") }

  /// Gives a project this component.
  var option: String { "-DEXTRA_COMPONENT_DIRS=\(folder)" }

  /// Copies the component; nothing prebuilt is in the copy. ESP-IDF takes its name from its folder's.
  init(in name: String, called component: String = "hotreload") throws {
    let parent = Repository.scratch.pushing("esp-idf/components").appending(name)
    folder = parent.appending(component)
    let files = FileManager.default
    if files.fileExists(atPath: parent.string) { try files.removeItem(atPath: parent.string) }
    try files.createDirectory(atPath: parent.string, withIntermediateDirectories: true)
    try files.copyItem(
      atPath: Repository.root.pushing("components/hotreload").string, toPath: folder.string)
    try strip()
  }

  /// Removes what is prebuilt.
  func strip() throws {
    for part in [libraries, programs] where FileManager.default.fileExists(atPath: part.string) {
      try FileManager.default.removeItem(atPath: part.string)
    }
  }

  /// Where a release has the tool for this computer.
  func tool() async throws -> FilePath {
    let words = try await ChildProcess.succeed(["uname", "-sm"]).output.lowercased()
      .split { $0.isWhitespace }
    let host = words.joined(separator: "-").replacing("darwin", with: "macos")
    return programs.appending(host).appending("hotreload")
  }

  /// Puts the tool and the runtime where a release has them.
  func ship() async throws {
    let tool = try await tool()
    try FileManager.default.createDirectory(
      atPath: tool.removingLastComponent().string, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: tool.string, withDestinationPath: Repository.tool.string)
    try await addRuntime()
  }

  /// Puts the runtime of an ESP32-C3 where a release has it.
  func addRuntime() async throws {
    let library = libraries.pushing("rv32imc-ilp32")
    try FileManager.default.createDirectory(
      atPath: library.string, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: try await Self.runtime.value.string,
      toPath: library.appending("libhotreload_runtime.a").string)
  }

  /// Makes the runtime one for hardware floating point, as that of an ESP32-P4 is.
  func replaceRuntime() throws {
    let archive = libraries.pushing("rv32imc-ilp32/libhotreload_runtime.a")
    var bytes = try FirmwareProject.bytes(of: archive)
    let magic = Array("\u{7F}ELF".utf8)
    let header = try #require(
      bytes.indices.dropLast(40).first { bytes[$0..<$0 + magic.count].elementsEqual(magic) })
    // e_flags (gABI, ELF Header): EF_RISCV_FLOAT_ABI_SINGLE (RISC-V ELF psABI, File Header).
    bytes[header + 36] |= 2
    try Data(bytes).write(to: URL(fileURLWithPath: archive.string))
  }

  private static let runtime = Task {
    let folder = Repository.scratch.pushing("esp-idf/runtime")
    try FileManager.default.createDirectory(
      atPath: folder.string, withIntermediateDirectories: true)
    let archive = folder.appending("libhotreload_runtime.a")
    try await ChildProcess.succeed([
      Repository.tool.string, "compile-runtime", "--abi", "rv32imc-ilp32", "--output",
      archive.string, "--component", Repository.root.pushing("components/hotreload").string,
    ])
    return archive
  }

  /// With a runtime, so that builds need not compile one.
  static let prebuilt = Task {
    let component = try ComponentCopy(in: "prebuilt")
    try await component.addRuntime()
    return component
  }
}
