import TestImages
import HotReloadELF
import HotReloadLoader
import HotReloadPort
import Testing

/// Whatever the bytes are: the loader answers or throws, and writes nothing outside the block.
@Suite struct HostileImageTests {
  enum Subject: String, CaseIterable {
    case plain, symbolic, relr, weak, packed, xtensaPlain, xtensaOneBlock, xtensaSplit

    /// The chip that it is for.
    var chip: Chip {
      switch self {
      case .xtensaPlain: .qemuXtensa
      case .xtensaOneBlock: .esp32s3
      case .xtensaSplit: .esp32
      default: .esp32c6
      }
    }

    func bytes() throws -> [UInt8] {
      switch self {
      case .packed: return try packed()
      case .xtensaPlain: return try Fixture.bytes("xtensa-plain.so")
      case .xtensaOneBlock, .xtensaSplit: return packedXtensa()
      default: return try Fixture.bytes("\(rawValue).so")
      }
    }

    private func packedXtensa() -> [UInt8] {
      var builder = PackedImageBuilder.smallXtensa(chip: chip.id)
      builder.odd = [0x1000_0009]
      builder.codeOdd = [0x1000_000B]
      builder.lifecycle = builder.exports[0]
      builder.kept = [0, 1, 0x1000_0008, 4, 2, 3, 0x1000_0010, 8]
      builder.keptNames = Array("a\0total\0".utf8)
      return builder.build()
    }

    private func packed() throws -> [UInt8] {
      var builder = try PackedImageBuilder.packing(
        Fixture.bytes("bus.so"), exports: ["run", "helper"], chip: 13, executableOffset: 0)
      builder.segments[1].address &-= 0x70_0000
      builder.exports = builder.exports.map { $0 - 0x70_0000 }
      builder.lifecycle = builder.exports[0]
      builder.kept = [0, 1, 8, 4, 2, 3, 16, 8]
      builder.keptNames = Array("a\0total\0".utf8)
      return builder.build()
    }
  }

  @Test(arguments: Subject.allCases)
  func refusesEveryPrefixThatLacksSomething(subject: Subject) throws {
    let bytes = try subject.bytes()
    let end = try endOfSegments(bytes)
    for count in 0..<bytes.count {
      let error = error(of: Array(bytes[..<count]), for: subject)
      if count < 52 {
        #expect(error == .elf(.tooShort), "\(count) bytes")
      } else {
        #expect(
          (error != nil) == (count < end), "\(count) bytes of \(subject), segments end at \(end)")
      }
    }
  }

  @Test(arguments: [Subject.relr, .weak, .packed, .xtensaOneBlock, .xtensaSplit])
  func survivesEveryChangedByte(subject: Subject) throws {
    let original = try subject.bytes()
    let end = try endOfSegments(original)
    var refused = 0
    var loaded = 0
    for offset in 0..<end {
      for value in [original[offset] ^ 0xFF, original[offset] ^ 1] {
        var bytes = original
        bytes[offset] = value
        do throws(LoaderError) {
          let accesses = try wrongAccesses(of: bytes, for: subject)
          #expect(accesses == 0, "byte \(offset) = \(value) in \(subject)")
          loaded += 1
        } catch {
          #expect(!"\(error.code)".isEmpty)
          refused += 1
        }
      }
    }
    #expect(refused > 300, "changes that are errors")
    #expect(loaded > 300, "changes that are harmless")
  }

  @Test(arguments: 0..<200)
  func survivesRandomDamage(seed: UInt64) throws {
    var random = SplitMix(seed)
    let subject = Subject.allCases[Int(seed) % Subject.allCases.count]
    var bytes = try subject.bytes()
    let end = try endOfSegments(bytes)
    for _ in 0..<1 + random.next() % 8 {
      bytes.set(word: UInt32.interesting(&random), at: Int(random.next() % UInt64(end / 4)) * 4)
    }
    do throws(LoaderError) {
      #expect(try wrongAccesses(of: bytes, for: subject) == 0, "seed \(seed)")
    } catch { #expect(!"\(error.message)".isEmpty) }
  }

  /// Loads an image; returns the number of accesses outside of its blocks, or of the wrong kind.
  private func wrongAccesses(of bytes: [UInt8], for subject: Subject) throws(LoaderError) -> Int {
    guard subject.chip.instructionSet == .xtensa else {
      let module = try load(bytes)
      exportAddresses(bytes, subject.chip, module.blocks)
      return module.memory.accessesOutside
    }
    let module = try XtensaModule(bytes, chip: subject.chip)
    exportAddresses(bytes, subject.chip, module.blocks)
    return module.memory.accessesOutside + module.memory.narrowAccesses
  }

  /// The error that loading ends with, nil if there is none.
  private func error(of bytes: [UInt8], for subject: Subject) -> LoaderError? {
    do throws(LoaderError) {
      _ = try wrongAccesses(of: bytes, for: subject)
      return nil
    } catch { return error }
  }

  /// Asks for exports that are there and one that is not.
  private func exportAddresses(_ bytes: [UInt8], _ chip: Chip, _ blocks: ModuleBlocks) {
    guard let image = try? ModuleImage(bytes.raw, chip: chip) else { return }
    for index in 0...min(image.exportCount, 100) {
      _ = try? image.exportAddress(at: index, in: blocks)
    }
    let name = Array("run".utf8)
    _ = try? image.exportAddress(named: name.span, in: blocks)
    _ = image.lifecycleAddress(in: blocks)
    for index in 0...min(image.keptCount, 100) {
      _ = try? image.kept(at: index)
    }
  }

  /// Where what the loader needs ends: everything behind it are section headers and their data.
  private func endOfSegments(_ bytes: [UInt8]) throws -> Int {
    let file = try ELFFile(bytes.raw)
    var end: UInt32 = 0
    for index in 0..<file.programHeaderCount {
      let segment = try file.programHeader(at: index)
      if [1, 2, 4].contains(segment.type.rawValue) {
        end = max(end, segment.offset + segment.fileSize)
      }
    }
    return Int(end)
  }
}

extension UInt32 {
  /// A number at which arithmetic tends to go wrong, or any.
  fileprivate static func interesting(_ random: inout SplitMix) -> UInt32 {
    let edges: [UInt32] = [0, 1, 3, 4, 31, 32, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFC, 0xFFFF_FFFF]
    let index = Int(random.next() % 16)
    return index < edges.count ? edges[index] : UInt32(truncatingIfNeeded: random.next())
  }
}
