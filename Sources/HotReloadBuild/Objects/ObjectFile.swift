import HotReloadELF

/// A relocatable object file of a module, checked for what no linker mends.
struct ObjectFile: Sendable {
  /// For messages.
  let path: String
  /// Symbol 0 included, so that indexes are those of relocations.
  let symbols: [NamedSymbol]
  /// What becomes part of the module's memory.
  let sections: Set<InputSection>
  /// What the code takes to be near by.
  let nearReferences: Set<NearReference>

  /// - Parameter machine: what the chip executes.
  /// - Throws: `malformedELF`, `unsupportedObject`, `unsupportedSection`, `unusableName`, `threadLocal`,
  ///   `notPositionIndependent`, `exceptions`, `unsupportedRelocation`, `callOutOfReach`.
  init(_ bytes: [UInt8], path: String, machine: Machine) throws(BuildFailure) {
    self.path = path
    let relocations: [ObjectRelocation]
    let sections: [NamedSection]
    do throws(ELFError) {
      let file = try ELFFile(bytes.span.raw)
      guard file.header.type == .relocatable else {
        throw .unsupportedType(file.header.type.rawValue)
      }
      guard file.header.machine == machine else {
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
          .buildFailed, .unsupportedObject, "\(path) is no 32-bit \(machine.name) object file",
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
    switch machine {
    case .xtensa:
      nearReferences = try XtensaObject(
        bytes, symbols: symbols, sections: sections, path: path
      )
      .check(relocations)
    default: nearReferences = try RISCVObject.check(relocations, path: path)
    }
    let unwinding = UnwindingUse(symbols, relocations, sections: sections.map { $0.name })
    if let unwinding { throw unwinding.failure(path) }
    var inputs: Set<InputSection> = []
    for section in sections {
      if let input = try InputSection(section.header, name: section.name, path: path) {
        inputs.insert(input)
      }
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

  /// The failure of code that uses a thread-local variable.
  static func threadLocal(_ variable: String, _ path: String) -> BuildFailure {
    BuildFailure(
      .buildFailed, .threadLocal, "\(path) uses the thread-local variable '\(variable)'",
      hint: "a module has no thread-local storage: reach the variable through a firmware function")
  }
}

/// A section of an object file and its name.
struct NamedSection: Sendable {
  var header: SectionHeader
  var name: String
}

extension ELFFile {
  /// All sections in the order of the file, section 0 included, so that indexes are those of symbols.
  fileprivate func namedSections() throws(ELFError) -> [NamedSection] {
    var sections: [NamedSection] = []
    for index in 0..<(try sectionCount) {
      let header = try sectionHeader(at: index)
      sections.append(
        NamedSection(header: header, name: header.type == .null ? "" : try name(of: header).text))
    }
    return sections
  }
}
