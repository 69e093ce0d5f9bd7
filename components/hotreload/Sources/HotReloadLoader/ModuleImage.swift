import HotReloadELF
import HotReloadPort

/// A module image, parsed and validated for one chip: a packed image (docs/MODULE-FORMAT.md) or a plain
/// shared object.
///
/// To load it: allocate `blockSize` bytes at `blockAlignment`, `place`, `relocate`, synchronize the block,
/// and ask for the addresses of exports. All of that within one mapping of the bytes.
public struct ModuleImage: ~Escapable {
  /// Program headers of an image, at most.
  public static let maximumProgramHeaders: UInt16 = 32
  /// Bytes of a block, at most.
  public static let maximumBlockSize: UInt32 = 16 << 20
  /// Alignment of a segment, at most.
  public static let maximumAlignment: UInt32 = 64 << 10

  /// What the note says, nil for a plain shared object.
  public let manifest: ModuleManifest?
  /// Bytes that the module occupies, a multiple of 4.
  public let blockSize: UInt32
  /// What the block's data address must be a multiple of: a power of two, at least 16.
  public let blockAlignment: UInt32
  /// Distance from data bus to instruction bus that the module was linked for.
  public var executableOffset: UInt32 { fatalError() }
  /// Number of exports that have an index; 0 for a plain shared object, whose exports have names.
  public var exportCount: UInt32 { fatalError() }

  /// Parses `bytes` and checks that they are a module for `chip`: everything but the single fixups
  /// and exports, which `check()` looks at.
  @_lifetime(copy bytes)
  public init(_ bytes: RawSpan, chip: Chip) throws(LoaderError) { fatalError() }

  /// Checks all fixups and exports without memory, so that after it only the memory can be wrong.
  public func check() throws(LoaderError) { fatalError() }

  /// Copies the image into `block` and zeroes the rest of its `blockSize` bytes, each byte once.
  ///
  /// Throws `wrongExecutableOffset`, `blockTooSmall` or `blockMisaligned`, before anything is written.
  public func place<Memory: MemoryPort>(
    in block: MemoryBlock, _ memory: inout Memory
  ) throws(LoaderError) { fatalError() }

  /// Applies all fixups to an image that was placed in `block`. If it throws, the block is half done.
  public func relocate<Memory: MemoryPort>(
    in block: MemoryBlock, _ memory: inout Memory
  ) throws(LoaderError) { fatalError() }

  /// Where export `index` of a packed image can be called; throws `noSuchExport` or `exportOutsideCode`.
  public func exportAddress(
    at index: UInt32, in block: MemoryBlock
  ) throws(LoaderError) -> UInt32 { fatalError() }

  /// Where the export of this name of a plain shared object can be called, nil if there is none;
  /// throws `exportOutsideCode`.
  public func exportAddress(
    named name: Span<UInt8>, in block: MemoryBlock
  ) throws(LoaderError) -> UInt32? { fatalError() }
}
