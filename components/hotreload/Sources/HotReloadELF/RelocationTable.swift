/// One entry of a relocation table (gABI, "Relocation").
public struct RelocationEntry: Equatable, Sendable {
  /// `r_offset`: a virtual address in linked files, an offset in the section in object files.
  public let offset: UInt32
  /// `ELF32_R_TYPE(r_info)`; its meaning is the machine's.
  public let type: UInt8
  /// `ELF32_R_SYM(r_info)`: index in the symbol table, 0 for none.
  public let symbol: UInt32
  /// `r_addend`; 0 in a table without addends, where the addend is what the relocated place holds.
  public let addend: Int32
}

/// A table of relocations, `SHT_REL`/`DT_REL` or `SHT_RELA`/`DT_RELA`.
public struct RelocationTable: ~Escapable {
  /// Where the addends are.
  public enum Form: Equatable, Sendable {
    /// `Elf32_Rel`: in the places that are relocated.
    case implicitAddend
    /// `Elf32_Rela`: in the entries.
    case explicitAddend

    /// Bytes of one entry.
    public var entrySize: UInt32 { self == .implicitAddend ? 8 : 12 }
  }

  /// Where the addends are.
  public let form: Form
  private let entries: ByteView

  /// No relocations.
  @_lifetime(immortal)
  public init() {
    entries = .empty
    form = .explicitAddend
  }

  /// A table of `entries`; throws `badEntrySize` unless they are a whole number.
  @_lifetime(copy entries)
  public init(entries: ByteView, form: Form) throws(ELFError) {
    guard entries.count % form.entrySize == 0 else { throw .badEntrySize(form.entrySize) }
    self.entries = entries
    self.form = form
  }

  /// Number of relocations.
  public var count: UInt32 { entries.count / form.entrySize }

  /// Relocation `index`; throws `noSuchIndex`.
  @inline(never)
  public func entry(at index: UInt32) throws(ELFError) -> RelocationEntry {
    guard index < count else { throw .noSuchIndex(index) }
    let start = index &* form.entrySize
    let info = entries.loadWord(start &+ 4)
    return RelocationEntry(
      offset: entries.loadWord(start), type: UInt8(truncatingIfNeeded: info), symbol: info >> 8,
      addend: form == .implicitAddend ? 0 : Int32(bitPattern: entries.loadWord(start &+ 8)))
  }
}
