import HotReloadELF
import HotReloadPort

/// A module image, parsed and validated for one chip: a packed image (docs/MODULE-FORMAT.md) or a plain
/// shared object.
///
/// To load it: allocate `blockSize` bytes at `blockAlignment`, and `codeBlockSize` where it is not 0, `place`,
/// `relocate`, synchronize the blocks, and ask for the addresses of exports. All of that within one mapping of the bytes.
public struct ModuleImage: ~Escapable {
  /// Program headers of an image, at most.
  public static let maximumProgramHeaders: UInt16 = 32
  /// Bytes of a block, at most.
  public static let maximumBlockSize: UInt32 = 16 << 20
  /// Alignment of a segment, at most.
  public static let maximumAlignment: UInt32 = 64 << 10

  let file: ELFFile
  /// Distance from data bus to instruction bus of the chip's internal memory.
  let chipOffset: UInt32
  /// Whether the chip has memory with the distance that the module was linked for.
  let hasMemory: Bool
  let layout: BlockLayout
  private(set) var tables: ModuleTables

  /// What the note says, nil for a plain shared object.
  public let manifest: ModuleManifest?
  /// Bytes that the module occupies, the records of its kept variables included: a multiple of 4 and of the chip's
  /// cache lines, so that synchronizing the block touches nothing else. Without its code where that has a block of its own
  /// (`codeBlockSize`); it may be 0 then.
  public let blockSize: UInt32
  /// What the addresses of its blocks must be multiples of: a power of two, at least 16.
  public let blockAlignment: UInt32
  /// Distance from data bus to instruction bus that the module was linked for.
  public let executableOffset: UInt32
  /// Number of exports that have an index; 0 for a plain shared object, whose exports have names.
  public let exportCount: UInt32
  /// Virtual address of the lifecycle function, in code; 0 if there is none.
  let lifecycle: UInt32
  /// Number of kept variables.
  public let keptCount: UInt32
  /// Where in the block of the data their records begin, `KeptRecord.size` bytes each; a multiple of 4.
  public var keptTableOffset: UInt32 { layout.size }

  /// Parses `bytes` and checks that they are a module for `chip`: everything but the single fixups,
  /// exports and kept variables, which `check()` looks at.
  @_lifetime(copy bytes)
  public init(_ bytes: RawSpan, chip: Chip) throws(LoaderError) {
    let file: ELFFile
    do throws(ELFError) { file = try ELFFile(bytes) } catch { throw .elf(error) }
    let type = file.header.type
    guard type == .sharedObject else { throw .elf(.unsupportedType(type.rawValue)) }
    try chip.checkCompatibility(file.header)
    let segmentCount = file.programHeaderCount
    guard segmentCount <= Self.maximumProgramHeaders else {
      throw .tooManyProgramHeaders(UInt32(segmentCount))
    }

    let descriptor: ByteView?
    let manifest: ModuleManifest?
    do throws(ELFError) {
      descriptor = try HotReloadNote.descriptor(in: file)
      if let descriptor { manifest = try ModuleManifest(descriptor) } else { manifest = nil }
    } catch { throw .elf(error) }
    if let manifest { try manifest.check(chip) }
    executableOffset = manifest?.executableOffset ?? 0
    exportCount = manifest?.exportCount ?? 0
    lifecycle = manifest?.lifecycle ?? 0
    keptCount = manifest?.keptCount ?? 0
    layout = try BlockLayout(
      file, isPacked: manifest != nil, executableOffset: executableOffset,
      placement: chip.placement)

    tables = ModuleTables()
    if let descriptor, let manifest {
      do throws(ELFError) { try tables.read(packed: descriptor, manifest) } catch {
        throw .elf(error)
      }
    } else {
      guard let dynamic = file.programHeader(ofType: .dynamic) else { throw .notAModule }
      do throws(ELFError) { try tables.read(plain: file, dynamic) } catch { throw .elf(error) }
    }
    self.file = file
    chipOffset = chip.executableOffset
    self.manifest = manifest
    blockAlignment = max(layout.alignment, chip.cacheLine)
    blockSize = try layout.blockSize(keptCount: keptCount, cacheLine: chip.cacheLine)
    guard layout.regions.isApart || !layout.regions.isSplit else {
      throw .wrongExecutableOffset(found: executableOffset, expected: chipOffset)
    }
    hasMemory = layout.regions.isApart || chip.hasExecutableOffset(executableOffset)
    guard lifecycle == 0 || isCode(lifecycle) else {
      throw .lifecycleOutsideCode(address: lifecycle)
    }
  }

  /// Whether data and code are linked far apart and have a bias each (Xtensa.swift).
  var isApart: Bool { layout.regions.isApart }
  /// Whether data and code have a block each (`Placement.split`).
  public var isSplit: Bool { layout.regions.isSplit }

  /// Whether an address lies in the code and needs its bias.
  func isInCode(_ address: UInt32) -> Bool { isApart && XtensaRegion.of(address) == .code }

  /// Bytes of the block for the code, on a chip that has code in one of its own: a multiple of 4. 0 elsewhere.
  public var codeBlockSize: UInt32 { isSplit ? layout.regions.codeSize : 0 }
}
