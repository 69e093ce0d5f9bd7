import HotReloadELF
import SystemPackage

@testable import HotReloadBuild

/// A module that GNU ld put where a chip has it, as an executable: it leaves nothing to a loader.
struct LinkedForXtensa {
  private var sections: [(name: String, address: UInt32, bytes: [UInt8])] = []

  /// Links the objects of a module of `project` once more.
  ///
  /// - Parameters:
  ///   - objects: the objects themselves, not the copies that modules are linked from.
  ///   - data: where the data region begins; `code`: where code does, as it is executed.
  init(
    _ module: String, of project: CorpusProject, objects: [FilePath], data: UInt32, code: UInt32
  ) async throws {
    let folder = project.plan.output.module(module)
    var script = String(decoding: try FileContents.read(folder.linkerScript), as: UTF8.self)
    for (linked, placed) in [("0x10000000", data), ("0x20000000", code)] {
      guard script.ranges(of: "  . = \(linked);\n").count == 1 else {
        throw BuildFailure(.other, .linkFailed, "no region begins at \(linked)", output: script)
      }
      script.replace("  . = \(linked);\n", with: "  . = 0x\(Hexadecimal.text(placed));\n")
    }
    let moved = try project.folder.write(script, to: "\(module).ld")
    let output = project.folder.path.appending("\(module).linked")
    let shared = try FileContents.read(folder.sharedObject)
    let symbols = try ELFFile(shared.span.raw).namedSymbols(.dynamicSymbolTable)
    let exports = symbols.filter { $0.symbol.isDefined }.map { "--undefined=\($0.name)" }
    let imports = symbols.filter { !$0.symbol.isDefined }.compactMap { named in
      project.firmwareSymbols[named.name].map { "--defsym=\(named.name)=0x\(Hexadecimal.text($0))" }
    }
    try await Toolchain.run(
      [Toolchain.xtensa("ld"), "--no-relax", "--gc-sections", "-z", "max-page-size=16", "-e", "0"]
        + ["-T", moved.string, "-o", output.string, "--undefined=\(LifecycleFunction.name)"]
        .filter { $0 != "--undefined=\(LifecycleFunction.name)" || Self.isNeeded(objects) }
        + exports + imports + objects.map(\.string))
    let linked = try FileContents.read(output)
    let file = try ELFFile(linked.span.raw)
    for index in 0..<(try file.sectionCount) {
      let section = try file.sectionHeader(at: index)
      guard section.flags.isAllocated, section.byteCount > 0,
        section.address < LinkerScriptGenerator.hostRegion
      else { continue }
      let bytes =
        section.type == .noBits
        ? [UInt8](repeating: 0, count: Int(section.byteCount))
        : try file.contents(of: section).array
      sections.append((try file.name(of: section).text, section.address, bytes))
    }
  }

  private static func isNeeded(_ objects: [FilePath]) -> Bool {
    objects.contains { $0.stem?.hasPrefix("lifecycle") == true }
  }

  /// Bytes of all sections.
  var size: Int { sections.reduce(0) { $0 + $1.bytes.count } }

  /// Where memory differs from what the linker made of it: one line for each word.
  ///
  /// - Parameter byte: what memory has at an address, of data on the data bus, of code as it is executed.
  func differences(_ byte: (UInt32) -> UInt8) -> [String] {
    sections.flatMap { section in
      stride(from: 0, to: section.bytes.count, by: 4).compactMap { start -> String? in
        let place = start..<min(start + 4, section.bytes.count)
        let loaded = place.map { byte(section.address + UInt32($0)) }
        guard loaded != Array(section.bytes[place]) else { return nil }
        return "0x\(Hexadecimal.text(section.address + UInt32(start))) in \(section.name): loaded "
          + "\(Hexadecimal.text(loaded)), linked \(Hexadecimal.text(section.bytes[place]))"
      }
    }
  }
}
