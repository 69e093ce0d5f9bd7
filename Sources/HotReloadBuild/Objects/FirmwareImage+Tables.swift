import HotReloadELF

extension FirmwareImage {
  /// Room for what no firmware has: a damaged table ends the reading instead of the machine's memory.
  private static let maximumTables: UInt32 = 256
  private static let maximumNames: UInt32 = 1 << 16

  /// Whether it was linked with symbol tables of modules.
  public var isPrepared: Bool {
    get throws(BuildFailure) { try !addresses(of: ["hotreload_port_tables"]).isEmpty }
  }

  /// The symbol tables that the firmware was linked with, read the way the chip reads them: by following
  /// `hotreload_port_tables` through the image. What `prepare` wrote last may be newer.
  ///
  /// - Throws: `firmwareNotPrepared` if there are none; `malformedELF`.
  public func tables() throws(BuildFailure) -> [ExportTable] {
    let symbols = try addresses(of: ["hotreload_port_tables", "hotreload_port_table_count"])
    guard let tables = symbols["hotreload_port_tables"],
      let count = symbols["hotreload_port_table_count"]
    else {
      throw BuildFailure(
        .buildFailed, .firmwareNotPrepared, "\(path) was linked without the modules' symbol tables",
        hint: "add hotreload_add_module(… FIRMWARE …) to its CMakeLists.txt, rebuild and flash it")
    }
    do throws(ELFError) { return try readTables(at: tables, countAt: count) } catch {
      throw .malformed(path, error)
    }
  }

  /// `hotreload_port_table_t`, as ilp32 lays it out: label, count, names hash, names, slots.
  private func readTables(at address: UInt32, countAt: UInt32) throws(ELFError) -> [ExportTable] {
    let file = try ELFFile(bytes.span.raw)
    let tableCount = try file.contents(address: countAt, count: 4).word(at: 0)
    guard tableCount <= Self.maximumTables else { throw .addressNotInFile(countAt) }
    let pointers = try file.contents(address: address, count: tableCount * 4)
    var tables: [ExportTable] = []
    for index in 0..<tableCount {
      let table = try file.contents(address: pointers.word(at: index * 4), count: 20)
      let nameCount = try table.word(at: 4)
      guard nameCount <= Self.maximumNames else { throw .addressNotInFile(address) }
      let namePointers = try file.contents(address: table.word(at: 12), count: nameCount * 4)
      var names: [String] = []
      for nameIndex in 0..<nameCount {
        names.append(try file.string(address: namePointers.word(at: nameIndex * 4)))
      }
      tables.append(ExportTable(label: try file.string(address: table.word(at: 0)), names: names))
    }
    return tables
  }
}

extension ELFFile {
  /// The NUL-terminated string at a virtual address.
  fileprivate func string(address: UInt32) throws(ELFError) -> String {
    for index in 0..<programHeaderCount {
      let segment = try programHeader(at: index)
      guard segment.type == .load, segment.holdsInFile(address, count: 1) else { continue }
      return try contents(of: segment).string(at: address &- segment.virtualAddress).text
    }
    throw .addressNotInFile(address)
  }
}
