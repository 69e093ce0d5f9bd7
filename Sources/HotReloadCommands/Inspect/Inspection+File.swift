import HotReloadBuild
import HotReloadELF
import HotReloadLoader
import HotReloadPort
import HotReloadStore

extension Inspection {
  /// Reads a file.
  ///
  /// - Parameter chip: whose loader is asked; nil asks every chip that the file may be for.
  /// - Throws: exit 5 if it is no ELF file that can be walked through.
  init(_ bytes: [UInt8], path: String, chip: Chip?) throws(CommandFailure) {
    self.path = path
    size = bytes.count
    do throws(ELFError) {
      let file = try ELFFile(bytes.view)
      kind = Self.kind(file.header.type)
      machine = Self.name(file.header.machine)
      flags = file.header.flags
      for index in 0..<file.programHeaderCount {
        segments.append(Segment(try file.programHeader(at: index)))
      }
      exports = try Self.dynamicExports(file)
    } catch {
      throw CommandFailure(
        .unloadable, "\(path): \(DeviceErrorText.describe(error)) (\(error.code))",
        hint: "a module is a 32-bit little-endian ELF file")
    }
    judge(bytes, chip)
  }

  private mutating func judge(_ bytes: [UInt8], _ asked: Chip?) {
    let chips = asked.map { [$0] } ?? (0..<Chip.count).map { Chip.at($0) }
    for chip in chips {
      do throws(LoaderError) {
        let image = try ModuleImage(bytes.view, chip: chip)
        try image.check()
        read(image, chip, bytes.count)
        verdicts.append(Verdict(chip: chip.name.description, loads: true))
      } catch {
        verdicts.append(
          Verdict(
            chip: chip.name.description, loads: false, error: error.code.description,
            detail: LoaderErrorText.describe(error, of: bytes, for: chip)))
      }
    }
    guard asked == nil else { return }
    // Not one line for each chip that it was never meant for, unless there is nothing else to say.
    let others = ["wrong_abi", "wrong_chip", "wrong_machine"]
    let meant = verdicts.filter { verdict in !others.contains { $0 == verdict.error } }
    verdicts = meant.isEmpty ? Array(verdicts.prefix(1)) : meant
  }

  private mutating func read(_ image: borrowing ModuleImage, _ chip: Chip, _ size: Int) {
    cost = Cost(
      flash: Int(SlotLayout.imageOffset) + (size + 15) / 16 * 16, ram: image.blockSize,
      alignment: image.blockAlignment)
    guard let manifest = image.manifest else { return }
    kind = .module
    self.manifest = Manifest(
      chip: chip.name.description, id: HexText.encode(manifest.moduleID),
      firmwareID: HexText.encode(manifest.firmwareID), sequence: manifest.sequence,
      executableOffset: manifest.executableOffset, namesHash: manifest.namesHash,
      relativeWords: manifest.relativeWordCount + manifest.codeRelativeWordCount,
      oddFixups: manifest.oddFixupCount + manifest.codeOddFixupCount)
    let block = MemoryBlock(
      dataAddress: 0, executableAddress: image.executableOffset, size: image.blockSize)
    exports = (0..<image.exportCount).compactMap { index in
      // All of them were looked at by check().
      (try? image.exportAddress(at: index, in: block)).map { Export(address: $0) }
    }
  }

  /// Functions that a shared object offers by name, where it has section headers.
  private static func dynamicExports(_ file: borrowing ELFFile) throws(ELFError) -> [Export] {
    guard try file.sectionCount > 0, let section = try file.section(ofType: .dynamicSymbolTable)
    else { return [] }
    let table = try file.symbolTable(section)
    var exports: [Export] = []
    for index in 0..<table.count {
      let symbol = try table.symbol(at: index)
      guard symbol.isDefined, symbol.type == .function, symbol.binding == .global else { continue }
      exports.append(Export(name: text(try table.name(of: symbol)), address: symbol.value))
    }
    return exports
  }

  static func text(_ bytes: borrowing ByteView) -> String {
    var text: [UInt8] = []
    for index in 0..<bytes.count { if let byte = try? bytes.byte(at: index) { text.append(byte) } }
    return String(decoding: text, as: UTF8.self)
  }

  private static func kind(_ type: ObjectType) -> Kind {
    switch type {
    case .relocatable: .object
    case .executable: .executable
    case .sharedObject: .sharedObject
    default: .other
    }
  }

  private static func name(_ machine: Machine) -> String {
    switch machine {
    case .riscv: "RISC-V"
    case .xtensa: "Xtensa"
    default: "machine \(machine.rawValue)"
    }
  }
}

extension Inspection.Segment {
  fileprivate init(_ header: ProgramHeader) {
    type =
      switch header.type {
      case .load: "LOAD"
      case .dynamic: "DYNAMIC"
      case .note: "NOTE"
      case .threadLocalStorage: "TLS"
      default: HexText.address(header.type.rawValue)
      }
    offset = header.offset
    address = header.virtualAddress
    fileSize = header.fileSize
    memorySize = header.memorySize
    access =
      (header.flags.isReadable ? "r" : "-") + (header.flags.isWritable ? "w" : "-")
      + (header.flags.isExecutable ? "x" : "-")
    alignment = header.alignment
  }
}
