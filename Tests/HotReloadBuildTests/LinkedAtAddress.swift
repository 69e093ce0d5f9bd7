import HotReloadELF
import HotReloadLoader
import SystemPackage
import TestImages

@testable import HotReloadBuild

/// A module that the linker put at the address where it is to be loaded, and what its block looks like then.
struct LinkedAtAddress {
  /// How the firmware's functions are called.
  enum Calls {
    /// At once: the linker makes an executable and is told every address.
    case direct
    /// By way of the PLT, as in a module: the linker makes a shared object and leaves out the imports.
    case indirect
  }

  /// Where the block begins on the data bus.
  let base: UInt32
  private(set) var bytes: [UInt8]
  private var sections: [(name: String, offsets: Range<Int>)] = []

  /// Links `module` of `project` once more, with its data at `base`.
  ///
  /// - Parameter blockSize: bytes of the block.
  init(
    _ module: String, of project: CorpusProject, at base: UInt32, blockSize: UInt32, calls: Calls
  ) async throws {
    self.base = base
    bytes = Array(repeating: 0, count: Int(blockSize))
    let output = try await Self.link(module, of: project, at: base, calls: calls)
    let linked = try FileContents.read(output)
    let file = try ELFFile(linked.span.raw)
    try copySections(of: file, executableOffset: project.chip.executableOffset)
    try relocate(file, symbols: project.firmwareSymbols)
  }

  /// Where memory differs from what the linker made of it: one line for each word.
  func differences(from loaded: [UInt8]) -> [String] {
    guard loaded.count == bytes.count else {
      return ["\(loaded.count) bytes loaded, \(bytes.count) linked"]
    }
    return stride(from: 0, to: bytes.count, by: 4).compactMap { start in
      let place = start..<min(start + 4, bytes.count)
      guard loaded[place] != bytes[place] else { return nil }
      let section = sections.first { $0.offsets.overlaps(place) }
      return "0x\(Hexadecimal.text(base &+ UInt32(start))) in \(section?.name ?? "a gap"): "
        + "loaded \(Hexadecimal.text(loaded[place])), linked \(Hexadecimal.text(bytes[place]))"
    }
  }

  /// The command of the module's link, with the data region elsewhere.
  private static func link(
    _ module: String, of project: CorpusProject, at base: UInt32, calls: Calls
  ) async throws -> FilePath {
    let folder = project.plan.output.module(module)
    let script = String(decoding: try FileContents.read(folder.linkerScript), as: UTF8.self)
    let start = "  . = 0;\n"
    let moved = script.replacing(start, with: "  . = 0x\(Hexadecimal.text(base));\n")
    guard script.ranges(of: start).count == 1 else {
      throw BuildFailure(
        .other, .linkFailed, "the linker script does not begin at 0", output: script)
    }
    let movedScript = try project.folder.write(moved, to: "\(module).ld")
    let output = project.folder.path.appending("\(module).linked")

    let noted = try FileContents.read(FilePath("\(folder.linkerScript).arguments"))
    var arguments = String(decoding: noted, as: UTF8.self).split(separator: "\n").map(String.init)
    for (option, value) in [("-T", movedScript), ("-o", output)] {
      guard let index = arguments.firstIndex(of: option) else { continue }
      arguments[index + 1] = value.string
    }
    if calls == .direct {
      arguments.removeAll { $0 == "-shared" || $0 == "-Bsymbolic" }
      // -pie, so that GOT and dynamic section are laid out as in a shared object.
      arguments += ["-pie", "--no-dynamic-linker", "--export-dynamic", "-e", "0"]
      arguments += try project.imports(of: module).sorted().compactMap { name in
        project.firmwareSymbols[name].map { "--defsym=\(name)=0x\(Hexadecimal.text($0))" }
      }
    }
    try await Toolchain.run([project.plan.linker.path] + arguments)
    return output
  }

  private mutating func copySections(of file: ELFFile, executableOffset: UInt32) throws {
    for index in 0..<(try file.sectionCount) {
      let section = try file.sectionHeader(at: index)
      guard section.flags.isAllocated, section.byteCount > 0,
        section.address < LinkerScriptGenerator.hostRegion
      else { continue }
      let offset = section.flags.isExecutable ? executableOffset : 0
      let start = Int(section.address &- base &- offset)
      let place = start..<start + Int(section.byteCount)
      guard place.upperBound <= bytes.count else { throw ELFError.segmentWraps(section.address) }
      sections.append((try file.name(of: section).text, place))
      if section.type == .programBits {
        bytes.replaceSubrange(place, with: try file.contents(of: section).array)
      }
    }
  }

  /// What the linker says of words that it leaves to the loader, which has nothing to add: A for R_RISCV_RELATIVE (3),
  /// S + A for R_RISCV_32 (1) and R_RISCV_JUMP_SLOT (5) of the RISC-V ELF psABI. What the firmware lacks is weak: 0.
  private mutating func relocate(_ file: ELFFile, symbols: [String: UInt32]) throws {
    let names = try file.namedSymbols(.dynamicSymbolTable)
    for index in 0..<(try file.sectionCount) {
      let section = try file.sectionHeader(at: index)
      guard section.type == .relocationsWithAddend else { continue }
      let table = try file.relocations(section)
      for entry in 0..<table.count {
        let relocation = try table.entry(at: entry)
        let named = names[Int(relocation.symbol)]
        let symbol: UInt32? =
          switch relocation.type {
          case 1, 5: named.symbol.isDefined ? named.symbol.value : symbols[named.name] ?? 0
          case 3: 0
          default: nil
          }
        guard let symbol else { throw ELFError.badEntrySize(UInt32(relocation.type)) }
        bytes.set(
          word: symbol &+ UInt32(bitPattern: relocation.addend), at: Int(relocation.offset &- base))
      }
    }
  }
}
