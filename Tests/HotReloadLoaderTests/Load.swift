import TestImages
import HotReloadELF
import HotReloadLoader
import HotReloadPort

/// A module in memory.
struct LoadedModule {
  var memory: TestMemory
  var blocks: ModuleBlocks

  /// The block that all of it is in.
  var block: MemoryBlock { blocks.data }
}

/// Loads an image as the runtime does: parse, check, place, relocate. The block is exactly as large as the
/// image wants it.
func load(
  _ bytes: [UInt8], chip: Chip = .esp32c6, at base: UInt32 = 0x4081_0000
) throws(LoaderError) -> LoadedModule {
  let image = try ModuleImage(bytes.raw, chip: chip)
  try image.check()
  var memory = TestMemory(base: base, size: image.blockSize)
  let blocks = ModuleBlocks(
    MemoryBlock(
      dataAddress: base, executableAddress: base &+ image.executableOffset, size: image.blockSize))
  try image.place(in: blocks, &memory)
  try image.relocate(in: blocks, &memory)
  return LoadedModule(memory: memory, blocks: blocks)
}

/// The error that loading ends with, nil if there is none.
func loadError(
  _ bytes: [UInt8], chip: Chip = .esp32c6, at base: UInt32 = 0x4081_0000
) -> LoaderError? {
  do throws(LoaderError) {
    _ = try load(bytes, chip: chip, at: base)
    return nil
  } catch { return error }
}

/// The address of a named export of a plain shared object that was loaded at `base`.
func address(of name: String, in bytes: [UInt8], at base: UInt32) throws -> UInt32? {
  let image = try ModuleImage(bytes.raw, chip: .esp32c6)
  let block = MemoryBlock(dataAddress: base, executableAddress: base, size: image.blockSize)
  let name = Array(name.utf8)
  return try image.exportAddress(named: name.span, in: ModuleBlocks(block))
}

/// The name of the symbol that loading `bytes` failed for.
func symbolName(
  of error: LoaderError, in bytes: [UInt8], chip: Chip = .esp32c6
) throws -> String {
  let name = try ModuleImage(bytes.raw, chip: chip).symbolName(of: error)
  var codes: [UInt8] = []
  for index in 0..<name.count { codes.append(try name.byte(at: index)) }
  return String(decoding: codes, as: UTF8.self)
}
