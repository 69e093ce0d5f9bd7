import HotReloadELF

/// A relocatable object file of a module, checked for what no linker mends.
struct ObjectFile: Sendable {
  /// For messages.
  let path: String
  /// Symbol 0 included, so that indexes are those of relocations.
  let symbols: [NamedSymbol]
  /// What becomes part of the module's memory.
  let sections: Set<InputSection>
  /// Symbols of other files whose distance from the code is taken to be fixed (`R_RISCV_PCREL_HI20`): right
  /// for other files of the module, wrong for the firmware.
  let nearSymbols: Set<String>

  /// - Throws: `malformedELF`, `unsupportedObject`, `unsupportedSection`, `unusableName`, `threadLocal`,
  ///   `notPositionIndependent`, `exceptions`.
  init(_ bytes: [UInt8], path: String) throws(BuildFailure) {
    self.path = path
    let relocations: [ObjectRelocation]
    let sections: [(header: SectionHeader, name: String)]
    do throws(ELFError) {
      let file = try ELFFile(bytes.span.raw)
      guard file.header.type == .relocatable else {
        throw .unsupportedType(file.header.type.rawValue)
      }
      guard file.header.machine == .riscv else {
        throw .unsupportedType(file.header.machine.rawValue)
      }
      let symbols = try file.namedSymbols(.symbolTable)
      self.symbols = symbols
      sections = try file.namedSections()
      relocations = try file.relocationsOfProgram(symbols)
    } catch {
      switch error {
      case .badMagic, .not32Bit, .unsupportedType:
        throw BuildFailure(
          .buildFailed, .unsupportedObject, "\(path) is no 32-bit RISC-V object file",
          hint: "compile the module with the firmware's compiler")
      default: throw .malformed(path, error)
      }
    }
    guard !symbols.contains(where: { $0.name == "__gnu_lto_slim" }) else {
      throw BuildFailure(
        .buildFailed, .unsupportedObject, "\(path) holds no machine code, only GCC's own",
        hint: "compile the module with -fno-lto or -ffat-lto-objects")
    }
    if let variable = symbols.first(where: { $0.symbol.type == .threadLocal }) {
      throw Self.threadLocal(variable.name, path)
    }
    var near: Set<String> = []
    for relocation in relocations {
      let symbol = relocation.symbol
      switch relocation.type {
      case _ where RISCVObjectRelocation.threadLocal.contains(relocation.type):
        throw Self.threadLocal(symbol.name, path)
      case RISCVObjectRelocation.high20 where symbol.symbol.section != .absolute:
        throw Self.notPositionIndependent(path, symbol.name)
      case RISCVObjectRelocation.pcRelativeHigh20 where !symbol.symbol.isDefined:
        near.insert(symbol.name)
      default: break
      }
    }
    nearSymbols = near
    let unwinding = UnwindingUse(symbols, relocations, sections: sections.map { $0.name })
    if let unwinding { throw unwinding.failure(path) }
    var inputs: Set<InputSection> = []
    for (header, name) in sections {
      if let input = try InputSection(header, name: name, path: path) { inputs.insert(input) }
    }
    self.sections = inputs
  }

  /// Whether it is components/hotreload/module/lifecycle.c. What that needs of the firmware, it needs for
  /// functions to call at the end.
  var isLifecycle: Bool {
    let defined = symbols.filter { $0.symbol.isDefined && $0.symbol.binding != .local }
    return defined.contains { $0.name == LifecycleFunction.name }
      && defined.allSatisfy { $0.symbol.visibility == .hidden }
  }

  /// Whether it registers functions to be called at the end.
  var callsAtEnd: Bool {
    symbols.contains { LifecycleFunction.registrars.contains($0.name) && !$0.symbol.isDefined }
  }

  /// Whether the linked module has something to run by itself.
  var needsLifecycle: Bool {
    callsAtEnd || sections.contains { LinkerScriptGenerator.isList($0.name) }
  }

  /// The failure of code that expects `symbol` at a fixed place.
  static func notPositionIndependent(_ path: String, _ symbol: String) -> BuildFailure {
    let what = symbol.isEmpty ? "its own data" : "'\(symbol)'"
    return BuildFailure(
      .buildFailed, .notPositionIndependent,
      "\(path) is not position-independent: it expects \(what) at a fixed place",
      hint: "compile the module with -fPIC")
  }

  private static func threadLocal(_ variable: String, _ path: String) -> BuildFailure {
    BuildFailure(
      .buildFailed, .threadLocal, "\(path) uses the thread-local variable '\(variable)'",
      hint: "a module has no thread-local storage: reach the variable through a firmware function")
  }
}

/// Relocations of RISC-V object files that say how the code was compiled (RISC-V ELF psABI, "Relocations").
private enum RISCVObjectRelocation {
  /// `R_RISCV_PCREL_HI20`.
  static let pcRelativeHigh20: UInt8 = 23
  /// `R_RISCV_HI20`: half of an absolute address in code.
  static let high20: UInt8 = 26
  /// `R_RISCV_TLS_GOT_HI20`, `R_RISCV_TLS_GD_HI20`, `R_RISCV_TPREL_HI20`, `R_RISCV_TLSDESC_HI20`: each
  /// access to a thread-local variable begins with one of them.
  static let threadLocal: Set<UInt8> = [21, 22, 29, 62]
}

/// One relocation of an object file.
struct ObjectRelocation {
  /// `ELF32_R_TYPE(r_info)`.
  var type: UInt8
  /// What the code refers to.
  var symbol: NamedSymbol
  /// Index of the section that refers.
  var section: UInt32
  /// Where in that section.
  var offset: UInt32
}

extension ELFFile {
  fileprivate func namedSections() throws(ELFError) -> [(header: SectionHeader, name: String)] {
    var sections: [(SectionHeader, String)] = []
    for index in 0..<(try sectionCount) {
      let header = try sectionHeader(at: index)
      guard header.type != .null else { continue }
      sections.append((header, try name(of: header).text))
    }
    return sections
  }

  /// The relocations of all sections that occupy memory: not those of debug information.
  fileprivate func relocationsOfProgram(
    _ symbols: [NamedSymbol]
  ) throws(ELFError) -> [ObjectRelocation] {
    var found: [ObjectRelocation] = []
    for index in 0..<(try sectionCount) {
      let section = try sectionHeader(at: index)
      guard section.type == .relocationsWithAddend || section.type == .relocations,
        try sectionHeader(link: section.info).flags.isAllocated
      else { continue }
      let table = try relocations(section)
      for entryIndex in 0..<table.count {
        let entry = try table.entry(at: entryIndex)
        guard entry.symbol < symbols.count else { throw .noSuchIndex(entry.symbol) }
        found.append(
          ObjectRelocation(
            type: entry.type, symbol: symbols[Int(entry.symbol)], section: section.info,
            offset: entry.offset))
      }
    }
    return found
  }
}
