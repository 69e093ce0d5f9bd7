extension ELFFile {
  /// Number of sections (`e_shnum`); throws `badSectionHeaderSize` or, for files with more than 65,279
  /// sections, `extendedNumbering`.
  public var sectionCount: UInt16 {
    get throws(ELFError) {
      guard header.sectionHeaderOffset != 0 else { return 0 }
      guard header.sectionHeaderCount != 0,
        header.sectionNamesIndex != SectionIndex.extended.rawValue
      else { throw .extendedNumbering }
      guard UInt32(header.sectionHeaderSize) == SectionHeader.size else {
        throw .badSectionHeaderSize(header.sectionHeaderSize)
      }
      return header.sectionHeaderCount
    }
  }

  /// Section header `index`; throws `noSuchIndex`, `outOfBounds`, and what `sectionCount` throws.
  public func sectionHeader(at index: UInt16) throws(ELFError) -> SectionHeader {
    guard index < (try sectionCount) else { throw .noSuchIndex(UInt32(index)) }
    let table = try bytes.slice(
      at: header.sectionHeaderOffset, count: UInt32(header.sectionHeaderCount) &* SectionHeader.size
    )
    return SectionHeader(
      try table.slice(at: UInt32(index) &* SectionHeader.size, count: SectionHeader.size))
  }

  /// The section header that a 32-bit field such as `sh_link` names; throws as `sectionHeader(at:)`.
  public func sectionHeader(link index: UInt32) throws(ELFError) -> SectionHeader {
    guard let index = UInt16(exactly: index) else { throw .noSuchIndex(index) }
    return try sectionHeader(at: index)
  }

  /// The name of a section; throws `unterminatedString` or `outOfBounds`.
  @_lifetime(copy self)
  public func name(of section: SectionHeader) throws(ELFError) -> ByteView {
    let names = try sectionHeader(at: header.sectionNamesIndex)
    return try stringTable(names).string(at: section.nameOffset)
  }

  /// The first section of this name, nil if there is none.
  public func section(named name: Span<UInt8>) throws(ELFError) -> SectionHeader? {
    for index in 0..<(try sectionCount) {
      let section = try sectionHeader(at: index)
      if section.type != .null, try self.name(of: section).isEqual(to: name) { return section }
    }
    return nil
  }

  /// The first section of this type, nil if there is none.
  public func section(ofType type: SectionType) throws(ELFError) -> SectionHeader? {
    for index in 0..<(try sectionCount) {
      let section = try sectionHeader(at: index)
      if section.type == type { return section }
    }
    return nil
  }

  /// The bytes of a section, none for `SHT_NOBITS`; throws `outOfBounds`.
  @_lifetime(copy self)
  public func contents(of section: SectionHeader) throws(ELFError) -> ByteView {
    guard section.type != .noBits else { return try bytes.slice(at: 0, count: 0) }
    return try bytes.slice(at: section.offset, count: section.byteCount)
  }

  /// The string table in a section; throws `unexpectedSectionType` unless it is `SHT_STRTAB`.
  @_lifetime(copy self)
  public func stringTable(_ section: SectionHeader) throws(ELFError) -> ByteView {
    guard section.type == .stringTable else {
      throw .unexpectedSectionType(section.type.rawValue)
    }
    return try contents(of: section)
  }

  /// The symbols in an `SHT_SYMTAB` or `SHT_DYNSYM` section, with the names that its `sh_link` gives
  /// them; throws `unexpectedSectionType`, `badEntrySize`, `noSuchIndex`, `outOfBounds`.
  @_lifetime(copy self)
  public func symbolTable(_ section: SectionHeader) throws(ELFError) -> SymbolTable {
    guard section.type == .symbolTable || section.type == .dynamicSymbolTable else {
      throw .unexpectedSectionType(section.type.rawValue)
    }
    guard section.entrySize == Symbol.size else { throw .badEntrySize(section.entrySize) }
    return try SymbolTable(
      entries: contents(of: section), names: stringTable(sectionHeader(link: section.link)))
  }

  /// The relocations in an `SHT_REL` or `SHT_RELA` section; throws `unexpectedSectionType`,
  /// `badEntrySize`, `outOfBounds`. Its `sh_link` is the symbol table, its `sh_info` the section
  /// that is relocated (gABI, "Relocation").
  @_lifetime(copy self)
  public func relocations(_ section: SectionHeader) throws(ELFError) -> RelocationTable {
    let form: RelocationTable.Form
    switch section.type {
    case .relocations: form = .implicitAddend
    case .relocationsWithAddend: form = .explicitAddend
    default: throw .unexpectedSectionType(section.type.rawValue)
    }
    guard section.entrySize == form.entrySize else { throw .badEntrySize(section.entrySize) }
    return try RelocationTable(entries: contents(of: section), form: form)
  }
}
