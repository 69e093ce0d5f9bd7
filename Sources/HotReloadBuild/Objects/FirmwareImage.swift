import HotReloadELF

/// The firmware's ELF file: what modules are bound to.
public struct FirmwareImage: Sendable {
  /// For messages.
  let path: String
  let bytes: [UInt8]
  /// `.note.gnu.build-id`, its first 32 bytes, padded with zeros.
  public let buildID: [UInt8]
  /// `e_flags`.
  let flags: UInt32

  /// - Throws: `malformedELF`; `firmwareWithoutBuildID`; `unsupportedObject` unless it is a linked file.
  public init(_ bytes: [UInt8], path: String) throws(BuildFailure) {
    self.path = path
    self.bytes = bytes
    let found: [UInt8]?
    do throws(ELFError) {
      let file = try ELFFile(bytes.span.raw)
      guard file.header.type == .executable || file.header.type == .sharedObject else {
        throw .unsupportedType(file.header.type.rawValue)
      }
      flags = file.header.flags
      found = try file.buildID()
    } catch {
      throw .malformed(path, error)
    }
    guard let found, !found.isEmpty else {
      throw BuildFailure(
        .other, .firmwareWithoutBuildID, "\(path) has no build-ID",
        hint: "link the firmware with -Wl,--build-id=sha1, and let its linker script keep "
          + "*(.note.gnu.build-id)")
    }
    buildID = Array((found + [UInt8](repeating: 0, count: 32)).prefix(32))
  }

  /// The addresses of those of `names` that the firmware defines.
  ///
  /// Hidden symbols count: libgcc's helpers are. Linkers may write them as local; other local symbols
  /// are `static` and somebody else's.
  public func addresses(of names: Set<String>) throws(BuildFailure) -> [String: UInt32] {
    do throws(ELFError) { return try definitions(of: names) } catch {
      throw .malformed(path, error)
    }
  }

  /// Most symbols are not asked for: strings are made only where the hash of the name is.
  private func definitions(of names: Set<String>) throws(ELFError) -> [String: UInt32] {
    var addresses: [String: UInt32] = [:]
    var weak: Set<String> = []
    let hashes = Set(names.map { FNV1a.hash(of: $0.utf8) })
    let file = try ELFFile(bytes.span.raw)
    guard let section = try file.section(ofType: .symbolTable) else { return [:] }
    let table = try file.symbolTable(section)
    for index in 0..<table.count {
      let symbol = try table.symbol(at: index)
      guard symbol.isDefined, symbol.section != .common,
        symbol.type != .file, symbol.type != .section, symbol.type != .threadLocal,
        symbol.binding != .local || symbol.visibility == .hidden
          || symbol.visibility == .internal
      else { continue }
      let name = try table.name(of: symbol)
      guard hashes.contains(try name.fnv1a()) else { continue }
      let text = name.text
      guard names.contains(text) else { continue }
      let isWeak = symbol.binding == .weak
      if addresses[text] == nil || (weak.contains(text) && !isWeak) {
        addresses[text] = symbol.value
        if isWeak { weak.insert(text) } else { weak.remove(text) }
      }
    }
    return addresses
  }
}

extension ELFFile {
  /// The descriptor of the note "GNU", `NT_GNU_BUILD_ID`.
  fileprivate func buildID() throws(ELFError) -> [UInt8]? {
    for index in 0..<(try sectionCount) {
      let section = try sectionHeader(at: index)
      guard section.type == .note else { continue }
      var notes = Notes(try contents(of: section))
      while let note = try notes.nextNote() {
        if note.type == Note.gnuBuildID, note.owner.text == "GNU\0" { return note.descriptor.array }
      }
    }
    return nil
  }
}

extension ByteView {
  fileprivate func fnv1a() throws(ELFError) -> UInt32 {
    var hash = FNV1a()
    for offset in 0..<count { hash.combine(try byte(at: offset)) }
    return hash.value
  }
}
