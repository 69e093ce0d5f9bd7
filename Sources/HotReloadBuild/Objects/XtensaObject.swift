import HotReloadELF

/// What Xtensa code has to be like to become part of a module: windowed, and without the conveniences that need
/// everything near by.
///
/// Sources: the Xtensa Instruction Set Architecture Reference Manual, and binutils' `include/elf/xtensa.h`.
struct XtensaObject {
  private let bytes: [UInt8]
  private let path: String
  private let symbols: [NamedSymbol]
  /// In the order of the file, so that indexes are those of symbols.
  private let sections: [NamedSection]
  private let instructions: [XtensaInstructionRange]

  /// Relocations of object files.
  private enum Relocation {
    /// `R_XTENSA_PLT`: a call of what may be another object's function, as -fPIC has it.
    static let procedureLinkage: UInt8 = 6
    /// `R_XTENSA_32_PCREL`: a distance in data.
    static let distance: UInt8 = 14
    /// `R_XTENSA_SLOT0_OP`: the operand of an instruction.
    static let operand: UInt8 = 20
    /// `R_XTENSA_TLSDESC_FN` … `R_XTENSA_TLS_CALL`.
    static let threadLocal: ClosedRange<UInt8> = 50...56
  }

  /// - Throws: `malformedELF`.
  init(
    _ bytes: [UInt8], symbols: [NamedSymbol], sections: [NamedSection], path: String
  ) throws(BuildFailure) {
    do throws(ELFError) {
      instructions = try ELFFile(bytes.span.raw).xtensaInstructionRanges(symbols)
    } catch {
      throw .malformed(path, error)
    }
    self.bytes = bytes
    self.symbols = symbols
    self.sections = sections
    self.path = path
  }

  /// - Throws: `unsupportedObject`, `threadLocal`, `unsupportedRelocation`, `callOutOfReach`.
  func check(_ relocations: [ObjectRelocation]) throws(BuildFailure) -> Set<NearReference> {
    guard isWindowed else {
      throw unsupported(
        "is compiled for the call0 ABI, the firmware has register windows",
        hint: "compile the module with -mabi=windowed, as the firmware")
    }
    var near: Set<NearReference> = []
    for relocation in relocations {
      guard let section = section(relocation.section),
        !LinkerScriptGenerator.discards(section.name)
      else { continue }
      let symbol = relocation.symbol
      switch relocation.type {
      case _ where Relocation.threadLocal.contains(relocation.type):
        throw ObjectFile.threadLocal(symbol.name, path)
      case Relocation.procedureLinkage:
        throw unsupported(
          "is compiled with -fPIC: it calls '\(symbol.name)' through a table that modules for Xtensa do not have",
          hint: "compile the module without -fPIC: its literals hold the addresses")
      case Relocation.distance where !isInRegion(symbol, of: section):
        throw BuildFailure(
          .buildFailed, .unsupportedRelocation,
          "\(path) holds the distance of '\(symbol.name)' from a place in '\(section.name)': it depends on where "
            + "the module is loaded",
          hint: "hold the address itself: data and code of a module are placed apart")
      case Relocation.operand:
        if let reference = try reference(relocation, section) { near.insert(reference) }
      default: break
      }
    }
    try refuseCallX12()
    return near
  }

  /// - Throws: `unsupportedObject`.
  private func refuseCallX12() throws(BuildFailure) {
    for range in instructions {
      guard let section = section(range.section), let contents = contents(of: section) else {
        continue
      }
      var rest = contents.dropFirst(Int(range.start)).prefix(Int(range.byteCount))
      while let first = rest.first, let size = XtensaInstruction.size(first) {
        guard !XtensaInstruction.isCallX12(rest) else {
          let place = UInt32(rest.startIndex - contents.startIndex)
          let function = symbols.first { $0.isFunction(at: place, ofSection: range.section) }
          throw XtensaInstruction.call12(function?.name, path)
        }
        rest = rest.dropFirst(size)
      }
    }
  }

  /// What an instruction refers to, if that has to be near by and is not known to be.
  ///
  /// - Throws: `unsupportedObject`; `callOutOfReach` for what is far away in any case.
  private func reference(
    _ relocation: ObjectRelocation, _ section: NamedSection
  ) throws(BuildFailure) -> NearReference? {
    guard let operation = byte(at: relocation.offset, of: section) else {
      throw .malformed(path, .outOfBounds(relocation.offset))
    }
    let function = relocation.function(in: symbols)?.name
    if XtensaInstruction.isCall12(operation) {
      throw XtensaInstruction.call12(function, path)
    }
    let symbol = relocation.symbol
    let way: NearReference.Way = XtensaInstruction.isLiteralLoad(operation) ? .literal : .call
    let reference = NearReference(symbol: symbol.name, way: way, function: function)
    guard symbol.symbol.isDefined else { return reference }
    guard isInRegion(symbol, of: section) else { throw reference.failure(path) }
    return nil
  }

  /// Whether a symbol is defined in the region, data or code, in which `section` lies.
  private func isInRegion(_ symbol: NamedSymbol, of section: NamedSection) -> Bool {
    guard let other = self.section(UInt32(symbol.symbol.section.rawValue)) else { return false }
    return symbol.symbol.isDefined
      && other.header.flags.isExecutable == section.header.flags.isExecutable
  }

  /// The note that GNU's assembler leaves says so. Other objects show it: a function with register windows begins with
  /// ENTRY.
  private var isWindowed: Bool {
    let code = sections.filter { $0.header.flags.isExecutable && $0.header.byteCount > 0 }
    guard !code.isEmpty else { return true }
    if let note = sections.first(where: { $0.name == ".xtensa.info" }) {
      let text = String(decoding: contents(of: note) ?? [], as: UTF8.self)
      return !text.contains("ABI=1\n")
    }
    let functions = symbols.filter { $0.symbol.type == .function && $0.symbol.isDefined }
    return functions.isEmpty
      || functions.contains { function in
        section(UInt32(function.symbol.section.rawValue))
          .flatMap { byte(at: function.symbol.value, of: $0) } == XtensaInstruction.entry
      }
  }

  private func section(_ index: UInt32) -> NamedSection? {
    Int(index) < sections.count ? sections[Int(index)] : nil
  }

  private func contents(of section: NamedSection) -> ArraySlice<UInt8>? {
    let (start, count) = (Int(section.header.offset), Int(section.header.byteCount))
    guard section.header.type != .noBits, start <= bytes.count, count <= bytes.count - start else {
      return nil
    }
    return bytes[start..<start + count]
  }

  private func byte(at offset: UInt32, of section: NamedSection) -> UInt8? {
    guard let contents = contents(of: section), Int(offset) < contents.count else { return nil }
    return contents[contents.startIndex + Int(offset)]
  }

  private func unsupported(_ what: String, hint: String) -> BuildFailure {
    BuildFailure(.buildFailed, .unsupportedObject, "\(path) \(what)", hint: hint)
  }
}
