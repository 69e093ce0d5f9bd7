import HotReloadELF

/// The firmware's ELF file: what modules are bound to.
public struct FirmwareImage: Sendable {
  /// For messages.
  let path: String
  let bytes: [UInt8]
  /// What `id` is.
  public let identity: FirmwareIdentity
  /// What tells it from other firmware, 32 bytes.
  public let id: [UInt8]
  /// `e_flags`.
  let flags: UInt32

  /// - Parameter identity: which identity it has; nil: its build-ID if it has one, else its hash.
  /// - Throws: `malformedELF`; `firmwareWithoutBuildID`.
  public init(
    _ bytes: [UInt8], path: String, identity: FirmwareIdentity? = .buildID
  ) throws(BuildFailure) {
    self.path = path
    self.bytes = bytes
    do throws(ELFError) {
      let file = try ELFFile(bytes.span.raw)
      guard file.header.type == .executable || file.header.type == .sharedObject else {
        throw .unsupportedType(file.header.type.rawValue)
      }
      flags = file.header.flags
    } catch {
      throw .malformed(path, error)
    }
    self.identity =
      if let identity { identity } else { try FirmwareIdentity.guess(for: bytes, path: path) }
    id = try self.identity.bytes(of: bytes, path: path)
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

extension ByteView {
  fileprivate func fnv1a() throws(ELFError) -> UInt32 {
    var hash = FNV1a()
    for offset in 0..<count { hash.combine(try byte(at: offset)) }
    return hash.value
  }
}
