import HotReloadBuild
import HotReloadELF

extension Inspection {
  /// Compares a module with a firmware, and takes names and addresses from it that are not known yet.
  mutating func compare(with image: FirmwareImage, path: String) throws(CommandFailure) {
    let id = HexText.encode(image.id)
    let tables: [ExportTable]
    do throws(BuildFailure) { tables = try image.tables() } catch {
      guard error.code == .firmwareNotPrepared else { throw CommandFailure(error) }
      tables = []
    }
    firmware = Firmware(
      path: path, id: id, isBoundTo: manifest.map { $0.firmwareID == id },
      tables: tables.map { Firmware.Table(label: $0.label, names: $0.names) })
    if let manifest, exports.allSatisfy({ $0.name == nil }),
      let table = tables.first(where: {
        $0.namesHash == manifest.namesHash && $0.names.count == exports.count
      })
    {
      for index in exports.indices { exports[index].name = table.names[index] }
      namesFrom = path
    }
    guard manifest == nil, imports.contains(where: { $0.address == nil }) else { return }
    let addresses = try CommandFailure.building { () throws(BuildFailure) in
      try image.addresses(of: Set(imports.map(\.name)))
    }
    for index in imports.indices where imports[index].address == nil {
      imports[index].address = addresses[imports[index].name] ?? (imports[index].isWeak ? 0 : nil)
    }
  }

  /// Takes the names of exports and imports of a module image from the shared object that it was packed from.
  ///
  /// - Returns: false if it was packed from another one: the code is not the same.
  mutating func takeNames(
    from twin: [UInt8], path: String, for image: [UInt8]
  ) throws(ELFError) -> Bool {
    let module = try ELFFile(image.view)
    let linked = try ELFFile(twin.view)
    let symbols = try linked.linkSymbols()
    let boundWords = Set(symbols.imports.flatMap { $0.words.map(\.address) })
    guard try module.hasCode(of: linked, exceptWordsAt: boundWords) else { return false }
    guard symbols.exports.map(\.address) == exports.map(\.address) else { return false }
    exports = symbols.exports
    imports = symbols.imports
    for index in imports.indices {
      guard let word = imports[index].words.first else { continue }
      let bound = try module.word(at: word.address)
      imports[index].address = bound.map { $0 &- UInt32(bitPattern: word.addend) }
    }
    namesFrom = path
    return true
  }
}

extension ELFFile {
  /// Whether the executable segment of both is the same. After the link nothing of it changes but `words`: literals of
  /// Xtensa that name what the firmware has.
  fileprivate func hasCode(
    of other: borrowing ELFFile, exceptWordsAt words: Set<UInt32>
  ) throws(ELFError) -> Bool {
    guard let mine = code, let others = other.code, mine.virtualAddress == others.virtualAddress,
      mine.fileSize == others.fileSize
    else { return false }
    let left = try contents(of: mine)
    let right = try other.contents(of: others)
    for offset in 0..<left.count where try left.byte(at: offset) != right.byte(at: offset) {
      guard words.contains((mine.virtualAddress &+ offset) & ~3) else { return false }
    }
    return true
  }

  private var code: ProgramHeader? {
    var headers = programHeaders
    while let header = headers.next() {
      if header.type == .load, header.flags.isExecutable { return header }
    }
    return nil
  }
}
