/// `e_type`: what kind of file this is (gABI, "ELF Header").
public struct ObjectType: Equatable, Sendable {
  /// The number in the file.
  public let rawValue: UInt16

  /// The value that the file has as `rawValue`.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// `ET_REL`: an object file.
  public static let relocatable = ObjectType(rawValue: 1)
  /// `ET_EXEC`: an executable at fixed addresses.
  public static let executable = ObjectType(rawValue: 2)
  /// `ET_DYN`: a shared object.
  public static let sharedObject = ObjectType(rawValue: 3)
}

/// `e_machine`: the instruction set (gABI, "Machine Information").
public struct Machine: Equatable, Sendable {
  /// The number in the file.
  public let rawValue: UInt16

  /// The value that the file has as `rawValue`.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// `EM_XTENSA`.
  public static let xtensa = Machine(rawValue: 94)
  /// `EM_RISCV`.
  public static let riscv = Machine(rawValue: 243)
}

/// The ELF32 header (gABI, "ELF Header"), checked, and read where it is.
public struct ELFHeader: ~Escapable {
  /// Size of `Elf32_Ehdr`.
  public static let size: UInt32 = 52

  /// The file, at least `size` bytes.
  let file: ByteView

  /// Checks the header at the beginning of `file`.
  ///
  /// Throws `tooShort`, `badMagic`, `not32Bit`, `notLittleEndian`, `unsupportedVersion`,
  /// `badProgramHeaderSize` or `extendedNumbering`. Section headers are checked where they are used:
  /// a loader does without them.
  @_lifetime(copy file)
  public init(_ file: ByteView) throws(ELFError) {
    guard file.count >= Self.size else { throw .tooShort }
    guard file.loadWord(0) == 0x464C_457F else { throw .badMagic }
    let fileClass = file.loadByte(4)
    guard fileClass == 1 else { throw .not32Bit(fileClass) }
    let encoding = file.loadByte(5)
    guard encoding == 1 else { throw .notLittleEndian(encoding) }
    let identVersion = file.loadByte(6)
    guard identVersion == 1 else { throw .unsupportedVersion(UInt32(identVersion)) }
    let version = file.loadWord(20)
    guard version == 1 else { throw .unsupportedVersion(version) }
    self.file = file
    guard programHeaderCount != 0xFFFF else { throw .extendedNumbering }  // PN_XNUM
    let programHeaderSize = file.loadHalf(42)
    guard programHeaderCount == 0 || UInt32(programHeaderSize) == ProgramHeader.size else {
      throw .badProgramHeaderSize(programHeaderSize)
    }
  }

  /// `e_type`.
  public var type: ObjectType { ObjectType(rawValue: file.loadHalf(16)) }
  /// `e_machine`.
  public var machine: Machine { Machine(rawValue: file.loadHalf(18)) }
  /// `e_entry`.
  public var entry: UInt32 { file.loadWord(24) }
  /// `e_phoff`.
  public var programHeaderOffset: UInt32 { file.loadWord(28) }
  /// `e_shoff`.
  public var sectionHeaderOffset: UInt32 { file.loadWord(32) }
  /// `e_flags`.
  public var flags: UInt32 { file.loadWord(36) }
  /// `e_phnum`.
  public var programHeaderCount: UInt16 { file.loadHalf(44) }
  /// `e_shentsize`.
  public var sectionHeaderSize: UInt16 { file.loadHalf(46) }
  /// `e_shnum`.
  public var sectionHeaderCount: UInt16 { file.loadHalf(48) }
  /// `e_shstrndx`.
  public var sectionNamesIndex: UInt16 { file.loadHalf(50) }
}
