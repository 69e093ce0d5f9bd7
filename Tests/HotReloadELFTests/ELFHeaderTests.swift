import TestImages
import HotReloadELF
import Testing

@Suite struct ELFHeaderTests {
  @Test(arguments: [
    (offset: 0, value: UInt8(0x7E), error: ELFError.badMagic),
    (3, 0x00, .badMagic),
    (4, 2, .not32Bit(2)),
    (4, 0, .not32Bit(0)),
    (5, 2, .notLittleEndian(2)),
    (5, 0, .notLittleEndian(0)),
    (6, 0, .unsupportedVersion(0)),
    (20, 2, .unsupportedVersion(2)),
    (23, 1, .unsupportedVersion(0x0100_0001)),
    (42, 56, .badProgramHeaderSize(56)),
    (46, 64, .badSectionHeaderSize(64)),
  ])
  func refusesEachWrongFieldByName(offset: Int, value: UInt8, error: ELFError) throws {
    var bytes = try Fixture.bytes("plain.so")
    bytes[offset] = value
    #expect(walkError(bytes) == error)
  }

  @Test(arguments: 0..<52)
  func refusesLessThanAHeader(count: Int) throws {
    #expect(walkError(Array(try Fixture.bytes("plain.so").prefix(count))) == .tooShort)
  }

  @Test(arguments: [
    ("module.o", ObjectType.relocatable), ("executable.elf", .executable),
    ("plain.so", .sharedObject),
  ])
  func readsFilesOfEveryType(name: String, type: ObjectType) throws {
    let bytes = try Fixture.bytes(name)
    let header = try ELFFile(bytes.raw).header
    #expect(header.type == type)
    #expect(header.machine == .riscv)
    #expect(header.flags == 1, "RVC, soft float")
  }

  @Test func refusesExtendedNumbering() throws {
    var bytes = try Fixture.bytes("plain.so")
    bytes.set(half: 0xFFFF, at: 44)  // PN_XNUM
    #expect(walkError(bytes) == .extendedNumbering)
    bytes = try Fixture.bytes("plain.so")
    bytes.set(half: 0, at: 48)  // e_shnum in section 0
    #expect(walkError(bytes) == .extendedNumbering)
    bytes = try Fixture.bytes("plain.so")
    bytes.set(half: 0xFFFF, at: 50)  // SHN_XINDEX
    #expect(walkError(bytes) == .extendedNumbering)
  }

  @Test(arguments: [UInt32(0xFFFF_FFF0), 0xFFFF_FFFF, 0x8000_0000, 5000])
  func refusesTablesOutsideTheFile(offset: UInt32) throws {
    var bytes = try Fixture.bytes("plain.so")
    bytes.set(word: offset, at: 28)
    #expect(walkError(bytes) == .outOfBounds(offset))
    bytes = try Fixture.bytes("plain.so")
    bytes.set(word: offset, at: 32)
    #expect(walkError(bytes) == .outOfBounds(offset))
  }
}
