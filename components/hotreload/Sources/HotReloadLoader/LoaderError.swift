import HotReloadELF

/// Why a module cannot be loaded. Two words at most, so that it travels in registers: what has a name is told by
/// its index (`ModuleImage.symbolName(of:)`).
public enum LoaderError: Error, Equatable, Sendable {
  /// The image is not a well-formed ELF file.
  case elf(ELFError)
  /// No loadable segment that occupies memory.
  case noLoadableSegment
  /// More program headers than any module has (`ModuleImage.maximumProgramHeaders`).
  case tooManyProgramHeaders(UInt32)
  /// Built for another instruction set (`e_machine`).
  case wrongMachine(UInt16)
  /// Built for another ABI, or for instructions that the chip lacks (`e_flags`).
  case wrongABI(flags: UInt32)
  /// Built for another chip (`esp_chip_id_t`).
  case wrongChip(found: UInt16, expected: UInt16)
  /// Has thread-local variables (`PT_TLS`).
  case threadLocalStorage
  /// A segment at this address reaches beyond `ModuleImage.maximumBlockSize`.
  case tooLarge(address: UInt32)
  /// The segment at this address overlaps the one before, or lies below it.
  case segmentsOverlap(address: UInt32)
  /// The segment at this address has to be written and executed, through buses that differ.
  case writableCode(address: UInt32)
  /// A segment has to be aligned to more than `ModuleImage.maximumAlignment`.
  case badAlignment(UInt32)

  /// Neither a hotreload note nor a dynamic section: nothing says how to load this.
  case notAModule
  /// The hotreload note has another format version.
  case unsupportedFormat(version: UInt16)
  /// The hotreload note asks for features that this loader does not know.
  case unsupportedFeatures(flags: UInt16)
  /// The hotreload note is shorter than what it has to hold.
  case noteTooShort(UInt32)
  /// The note lists fixups for code, which this instruction set does not have.
  case codeFixups(UInt32)

  /// Linked for another distance between data and instruction bus than the memory has.
  case wrongExecutableOffset(found: UInt32, expected: UInt32)
  /// The block has fewer bytes than the image needs.
  case blockTooSmall(needed: UInt32, found: UInt32)
  /// The block is not aligned as the image needs.
  case blockMisaligned(address: UInt32, alignment: UInt32)

  /// The word at this address has to be fixed, but is not in the file part of a writable segment.
  case fixupOutsideData(address: UInt32)
  /// A RELR table names this address, which is not a multiple of 4.
  case misalignedFixup(address: UInt32)
  /// A relocation that needs action is of a type that this loader does not know. `info` is its `r_info`: the type
  /// in the lowest byte, the index of its symbol above.
  case unsupportedRelocation(address: UInt32, info: UInt32)
  /// A symbol that the module needs, by index, is defined nowhere.
  case undefinedSymbol(address: UInt32, symbol: UInt32)
  /// An export is not in the file part of an executable segment.
  case exportOutsideCode(address: UInt32)
  /// There is no export of this index.
  case noSuchExport(UInt32)
  /// The lifecycle function is not in the file part of an executable segment.
  case lifecycleOutsideCode(address: UInt32)
  /// The kept variable at this address is not in the memory of one writable segment.
  case keptOutsideData(address: UInt32)
  /// The name of a kept variable, at this offset of the names, is not there or has no end.
  case badKeptName(offset: UInt32)
  /// There is no kept variable of this index.
  case noSuchKeptVariable(UInt32)
}
