import HotReloadELF

/// A module as the linker leaves it: two regions, dynamic symbols, and relocations.
struct SharedObject {
  /// One region of the module.
  struct Region {
    /// Virtual address of the first byte.
    var address: UInt32
    /// The initialised part.
    var bytes: [UInt8]
    /// Bytes in memory.
    var memorySize: UInt32
    /// A power of two.
    var alignment: UInt32

    /// Whether `address` lies in it.
    func contains(_ address: UInt32) -> Bool {
      address >= self.address && address - self.address < memorySize
    }
  }

  /// `e_machine`.
  let machine: Machine
  /// `e_flags`.
  let flags: UInt32
  /// Nil if the module has no data.
  let data: Region?
  let code: Region
  /// Dynamic symbols, symbol 0 included.
  let symbols: [NamedSymbol]
  /// Every dynamic relocation with an addend of its own.
  let relocations: [RelocationEntry]
  /// Words that hold an address of the module, from a RELR table.
  let relativeAddresses: [UInt32]
  /// Virtual address of the lifecycle function; nil if the module was linked without.
  let lifecycle: UInt32?
  /// Whether the module has something that the lifecycle function runs.
  let needsLifecycle: Bool
  /// For messages about the size.
  let largestVariable: NamedSymbol?

  /// - Throws: `malformedELF`, `unsupportedSection`, `threadLocal`, `noExports`.
  init(_ bytes: [UInt8], path: String) throws(BuildFailure) {
    let sections: [MemorySection]
    let regions: [(region: Region, isCode: Bool)]
    do throws(ELFError) {
      let file = try ELFFile(bytes.span.raw)
      guard file.header.type == .sharedObject else {
        throw .unsupportedType(file.header.type.rawValue)
      }
      machine = file.header.machine
      guard [.riscv, .xtensa].contains(machine) else { throw .unsupportedType(machine.rawValue) }
      flags = file.header.flags
      symbols = try file.namedSymbols(.dynamicSymbolTable)
      (relocations, relativeAddresses) = try file.dynamicRelocations()
      sections = try file.memorySections()
      regions = try file.regions(sections)
      let all = try file.namedSymbols(.symbolTable)
      lifecycle =
        all.first { $0.name == LifecycleFunction.name && $0.symbol.isDefined }?.symbol.value
      largestVariable = all.filter { $0.symbol.isDefined && $0.symbol.type == .object }
        .max { $0.symbol.byteCount < $1.symbol.byteCount }
      needsLifecycle =
        sections.contains { $0.name == LinkerScriptGenerator.listSection }
        || all.contains { LifecycleFunction.registrars.contains($0.name) && $0.symbol.isDefined }
    } catch {
      throw .malformed(path, error)
    }
    for section in sections {
      guard !section.isThreadLocal else {
        throw BuildFailure(
          .buildFailed, .threadLocal, "\(path) has thread-local variables (\(section.name))",
          hint: "a module has no thread-local storage: make them ordinary variables")
      }
      guard LinkerScriptGenerator.places(section.name, at: section.header.address) else {
        throw BuildFailure(
          .buildFailed, .unsupportedSection,
          "a module has no place for the section '\(section.name)'",
          hint: "remove the section attribute from what lies in it")
      }
    }
    guard let code = regions.first(where: { $0.isCode })?.region else {
      throw BuildFailure(
        .buildFailed, .noExports, "\(path) has no code",
        hint: "its functions must not be static, hidden (-fvisibility=hidden), or weak")
    }
    self.code = code
    data = regions.first { !$0.isCode }?.region
  }
}

/// A section that occupies memory: the module's or, for what only the host needs, none of the chip.
private struct MemorySection {
  var name: String
  var header: SectionHeader

  /// `SHF_TLS` (gABI, "Section Attribute Flags").
  var isThreadLocal: Bool { header.flags.rawValue & 0x400 != 0 }
}

extension ELFFile {
  fileprivate func memorySections() throws(ELFError) -> [MemorySection] {
    var sections: [MemorySection] = []
    for index in 0..<(try sectionCount) {
      let header = try sectionHeader(at: index)
      guard header.flags.isAllocated, header.byteCount > 0 else { continue }
      sections.append(MemorySection(name: try name(of: header).text, header: header))
    }
    return sections
  }

  /// The loadable segments of the module. Their real alignment is that of their sections: linkers round
  /// `p_align` up to a page.
  fileprivate func regions(
    _ sections: [MemorySection]
  ) throws(ELFError) -> [(region: SharedObject.Region, isCode: Bool)] {
    var regions: [(region: SharedObject.Region, isCode: Bool)] = []
    for index in 0..<programHeaderCount {
      let segment = try programHeader(at: index)
      guard segment.type == .load, segment.memorySize > 0,
        segment.virtualAddress < LinkerScriptGenerator.hostRegion
      else { continue }
      var alignment: UInt32 = 4
      for section in sections
      where section.header.address >= segment.virtualAddress
        && section.header.address - segment.virtualAddress < segment.memorySize
      {
        alignment = max(alignment, section.header.alignment)
      }
      guard alignment & (alignment &- 1) == 0 else { throw .badAlignment(alignment) }
      regions.append(
        (
          SharedObject.Region(
            address: segment.virtualAddress, bytes: try contents(of: segment).array,
            memorySize: segment.memorySize, alignment: alignment),
          segment.flags.isExecutable
        ))
    }
    return regions
  }

  fileprivate func dynamicRelocations() throws(ELFError) -> ([RelocationEntry], [UInt32]) {
    var entries: [RelocationEntry] = []
    var relative: [UInt32] = []
    for index in 0..<(try sectionCount) {
      let section = try sectionHeader(at: index)
      guard section.flags.isAllocated else { continue }
      switch section.type {
      case .relocations, .relocationsWithAddend:
        let table = try relocations(section)
        // Neither instruction set has REL; an empty table hurts nobody.
        guard table.form == .explicitAddend || table.count == 0 else {
          throw .unexpectedSectionType(section.type.rawValue)
        }
        for entryIndex in 0..<table.count { entries.append(try table.entry(at: entryIndex)) }
      case .relativeRelocations:
        var addresses = try RelativeRelocations(contents(of: section))
        while let address = try addresses.nextAddress() { relative.append(address) }
      default: break
      }
    }
    return (entries, relative)
  }
}
