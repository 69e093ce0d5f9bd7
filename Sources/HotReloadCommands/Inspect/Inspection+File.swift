import HotReloadBuild
import HotReloadELF
import HotReloadLoader

extension Inspection {
  /// Reads a file and asks the chips' loaders.
  ///
  /// - Throws: exit 5 if it is no ELF file whose headers can be read.
  init(_ bytes: [UInt8], path: String, chips: ChipSelection) throws(CommandFailure) {
    do throws(ELFError) {
      let file = try ELFFile(bytes.view)
      self.path = path
      size = bytes.count
      kind = Self.kind(file.header.type)
      machine = file.header.machine.name
      flags = file.header.flags
      abi =
        switch file.header.machine {
        case .riscv: RISCVText.flags(file.header.flags)
        case .xtensa: XtensaText.flags(file.header.flags)
        default: []
        }
      read(file)
    } catch {
      throw CommandFailure(
        .unloadable, "\(path): \(DeviceErrorText.describe(error)) (\(error.code))",
        hint: error == .tooShort || error.isCutOff
          ? "the file is cut off: build or copy it again"
          : "a module is a 32-bit little-endian ELF file")
    }
    judge(bytes, chips)
  }

  private mutating func read(_ file: borrowing ELFFile) {
    var headers = file.programHeaders
    while let header = headers.next() { segments.append(Segment(header)) }
    attempt("sections") { inspection throws(ELFError) in try inspection.readSections(file) }
    attempt("hotreload note") { inspection throws(ELFError) in try inspection.readNote(file) }
    if kind != .object { readRegions(file) }
    guard kind == .sharedObject || kind == .object else { return }
    attempt("relocations") { inspection throws(ELFError) in
      inspection.fixups = try file.fixupCounts()
    }
    guard kind == .sharedObject else { return }
    attempt("symbols") { inspection throws(ELFError) in
      let symbols = try file.linkSymbols()
      inspection.exports = symbols.exports
      inspection.imports = symbols.imports
    }
  }

  /// Damage in one part of a file hides that part only.
  private mutating func attempt(
    _ part: String, _ body: (inout Inspection) throws(ELFError) -> Void
  ) {
    do throws(ELFError) { try body(&self) } catch {
      damage.append("\(part): \(DeviceErrorText.describe(error))")
    }
  }

  private mutating func readSections(_ file: borrowing ELFFile) throws(ELFError) {
    for index in 0..<(try file.sectionCount) {
      let header = try file.sectionHeader(at: index)
      guard header.type != .null else { continue }
      sections.append(
        Section(
          name: Self.text(try file.name(of: header)), isLoaded: header.flags.isAllocated,
          access: header.flags.isAllocated
            ? Self.access(true, header.flags.isWritable, header.flags.isExecutable) : "---",
          address: header.address, offset: header.offset, size: header.byteCount))
    }
  }

  /// What the loadable segments become in memory.
  private mutating func readRegions(_ file: borrowing ELFFile) {
    let distance = manifest?.executableOffset ?? 0
    var headers = file.programHeaders
    while let header = headers.next() {
      guard header.type == .load, header.memorySize > 0 else { continue }
      let isCode = header.flags.isExecutable
      let kind: Region.Kind =
        header.virtualAddress >= LinkerScriptGenerator.hostRegion
        ? .host : isCode ? .code : header.flags.isWritable ? .data : .constants
      let zeros = header.memorySize - header.fileSize
      let split = kind == .data && zeros > 0
      let isApart =
        file.header.machine == .xtensa && header.virtualAddress >= ModuleRegions.farData
      var region = Region(
        kind: kind, address: header.virtualAddress,
        blockOffset: header.virtualAddress
          &- (isCode
            ? isApart ? ModuleRegions.farCode : distance : isApart ? ModuleRegions.farData : 0),
        fileSize: header.fileSize,
        memorySize: split ? header.fileSize : header.memorySize, alignment: header.alignment)
      if region.memorySize > 0 { regions.append(region) }
      guard split else { continue }
      region.kind = .bss
      region.address &+= header.fileSize
      region.blockOffset = region.blockOffset.map { $0 &+ header.fileSize }
      region.fileSize = 0
      region.memorySize = zeros
      if header.fileSize > 0 { region.alignment = 1 }
      regions.append(region)
    }
  }

  static func text(_ bytes: borrowing ByteView) -> String {
    var text: [UInt8] = []
    for index in 0..<bytes.count { if let byte = try? bytes.byte(at: index) { text.append(byte) } }
    return String(decoding: text, as: UTF8.self)
  }

  fileprivate static func access(_ read: Bool, _ write: Bool, _ execute: Bool) -> String {
    (read ? "r" : "-") + (write ? "w" : "-") + (execute ? "x" : "-")
  }

  private static func kind(_ type: ObjectType) -> Kind {
    switch type {
    case .relocatable: .object
    case .executable: .executable
    case .sharedObject: .sharedObject
    default: .other
    }
  }
}

extension ELFError {
  /// Whether a file that was whole once may say so because its end is missing.
  var isCutOff: Bool {
    if case .outOfBounds = self { return true }
    return false
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
      case SegmentType(rawValue: 6): "PHDR"
      case SegmentType(rawValue: 0x6474_E551): "GNU_STACK"
      case SegmentType(rawValue: 0x6474_E552): "GNU_RELRO"
      case SegmentType(rawValue: 0x7000_0003): "RISCV_ATTRIBUTES"
      default: HexText.address(header.type.rawValue)
      }
    offset = header.offset
    address = header.virtualAddress
    fileSize = header.fileSize
    memorySize = header.memorySize
    access = Inspection.access(
      header.flags.isReadable, header.flags.isWritable, header.flags.isExecutable)
    alignment = header.alignment
  }
}
