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

/// The ELF32 header (gABI, "ELF Header"), copied out of the file and checked.
public struct ELFHeader: Equatable, Sendable {
  /// Size of `Elf32_Ehdr`.
  public static let size: UInt32 = 52

  /// `e_type`.
  public let type: ObjectType
  /// `e_machine`.
  public let machine: Machine
  /// `e_entry`.
  public let entry: UInt32
  /// `e_phoff`.
  public let programHeaderOffset: UInt32
  /// `e_shoff`.
  public let sectionHeaderOffset: UInt32
  /// `e_flags`.
  public let flags: UInt32
  /// `e_phnum`.
  public let programHeaderCount: UInt16
  /// `e_shentsize`.
  public let sectionHeaderSize: UInt16
  /// `e_shnum`.
  public let sectionHeaderCount: UInt16
  /// `e_shstrndx`.
  public let sectionNamesIndex: UInt16

  /// Reads and checks the header at the beginning of `bytes`.
  ///
  /// Throws `tooShort`, `badMagic`, `not32Bit`, `notLittleEndian`, `unsupportedVersion`,
  /// `badProgramHeaderSize` or `extendedNumbering`. Section headers are checked where they are used:
  /// a loader does without them.
  public init(_ bytes: borrowing ByteView) throws(ELFError) {
    guard bytes.count >= Self.size else { throw .tooShort }
    guard bytes.loadWord(0) == 0x464C_457F else { throw .badMagic }
    let fileClass = bytes.loadByte(4)
    guard fileClass == 1 else { throw .not32Bit(fileClass) }
    let encoding = bytes.loadByte(5)
    guard encoding == 1 else { throw .notLittleEndian(encoding) }
    let identVersion = bytes.loadByte(6)
    guard identVersion == 1 else { throw .unsupportedVersion(UInt32(identVersion)) }
    let version = bytes.loadWord(20)
    guard version == 1 else { throw .unsupportedVersion(version) }

    type = ObjectType(rawValue: bytes.loadHalf(16))
    machine = Machine(rawValue: bytes.loadHalf(18))
    entry = bytes.loadWord(24)
    programHeaderOffset = bytes.loadWord(28)
    sectionHeaderOffset = bytes.loadWord(32)
    flags = bytes.loadWord(36)
    programHeaderCount = bytes.loadHalf(44)
    sectionHeaderSize = bytes.loadHalf(46)
    sectionHeaderCount = bytes.loadHalf(48)
    sectionNamesIndex = bytes.loadHalf(50)

    guard programHeaderCount != 0xFFFF else { throw .extendedNumbering }  // PN_XNUM
    let programHeaderSize = bytes.loadHalf(42)
    guard programHeaderCount == 0 || UInt32(programHeaderSize) == ProgramHeader.size else {
      throw .badProgramHeaderSize(programHeaderSize)
    }
  }
}
