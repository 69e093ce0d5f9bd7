import HotReloadELF
import SystemPackage

@testable import HotReloadBuild

/// Linked files with kept variables.
enum KeptFixture {
  enum Language: String {
    case c, cxx

    fileprivate var options: [String] {
      switch self {
      case .c: ["-x", "c"]
      case .cxx: ["-x", "c++", "-std=c++17", "-fno-exceptions", "-fno-rtti"]
      }
    }
  }

  private static let folder = Toolchain.root.pushing("Tests/Fixtures/DWARF")

  /// A file of Tests/Fixtures/DWARF.
  static func bytes(_ name: String) throws -> [UInt8] {
    try FileContents.read(folder.appending(name))
  }

  static func source(_ name: String) throws -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  /// What clang and ld.lld make of sources, each a file `0.c`, `1.c`, ….
  static func link(
    _ sources: [String], _ language: Language = .c, _ options: [String] = ["-Os", "-g"],
    names: [String] = []
  ) async throws -> [UInt8] {
    let folder = try TemporaryFolder()
    var objects: [String] = []
    for (index, source) in sources.enumerated() {
      let name = index < names.count ? names[index] : "\(index).c"
      let path = try folder.write(source, to: name)
      let object = folder.path.appending("\(index).o").string
      let include = Toolchain.root.pushing("components/hotreload/include")
      try await Toolchain.run(
        [Toolchain.clang] + Toolchain.options + ["-fPIC", "-I\(include)", "-o", object, "-c"]
          + language.options + options + [path.string])
      objects.append(object)
    }
    let output = folder.path.appending("module.so")
    try await Toolchain.run(
      [Toolchain.linker, "-m", "elf32lriscv", "-shared", "-o", output.string] + objects)
    return try FileContents.read(output)
  }

  /// Name and layout of all kept variables.
  static func layouts(_ bytes: [UInt8]) throws -> [String: String] {
    let sections = try DebugSections(ELFFile(bytes.span.raw), path: "module.so")
    let symbols = try ELFFile(bytes.span.raw).keptSymbols() ?? []
    let described = try KeptDescription.all(of: symbols, in: DebugInformation(sections))
    let names = try KeptName.texts(described.map { $0.name })
    return Dictionary(uniqueKeysWithValues: zip(names, described.map { $0.layout.text }))
  }

  static func state(_ bytes: [UInt8], fixups: [UInt32] = []) throws(BuildFailure) -> KeptState {
    try KeptState(bytes, path: "module.so", fixups: fixups)
  }
}
