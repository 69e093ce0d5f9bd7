import HotReloadELF
import HotReloadLoader
import HotReloadPort
import HotReloadSimulator
import TestImages

/// Loads an image as the runtime does, into simulated RAM of `chip`, where every access outside a block stops the process.
/// An image that passed its check loads; what it exports is code in its blocks, and what it keeps is data in them.
func load(_ bytes: [UInt8], chip: Chip) {
  let image: ModuleImage
  do throws(LoaderError) {
    image = try ModuleImage(bytes.raw, chip: chip)
    try image.check()
  } catch {
    require(
      !error.code.bytes.isEmpty && !error.message.bytes.isEmpty, "an error has a text"
    )
    // The name that the message has a place for.
    if let image = try? ModuleImage(bytes.raw, chip: chip) { _ = image.symbolName(of: error).count }
    return
  }
  let memory = SimulatedMemory(chip: chip, size: 64 << 10)
  for capabilities in [0, SimulatedMemory.spiram] {
    guard let blocks = allocate(image, memory, capabilities) else { continue }
    load(image, in: blocks, memory)
  }
}

/// Blocks of exactly the size that the image wants; nil where the chip has no room for them.
private func allocate(
  _ image: borrowing ModuleImage, _ memory: SimulatedMemory, _ capabilities: UInt32
) -> ModuleBlocks? {
  func block(_ size: UInt32, _ purpose: MemoryPurpose) -> MemoryBlock? {
    // A module may have no data.
    if size == 0 { return .empty }
    return try? memory.allocate(
      size: size, alignment: image.blockAlignment, capabilities: capabilities, purpose: purpose)
  }
  guard image.isSplit else { return block(image.blockSize, .module).map { ModuleBlocks($0) } }
  guard let data = block(image.blockSize, .data), let code = block(image.codeBlockSize, .code)
  else {
    return nil
  }
  return ModuleBlocks(data, code: code)
}

private func load(
  _ image: borrowing ModuleImage, in blocks: ModuleBlocks, _ memory: SimulatedMemory
) {
  var port = memory
  do throws(LoaderError) {
    try image.place(in: blocks, &port)
    try image.relocate(in: blocks, &port)
  } catch {
    switch error {
    case .wrongExecutableOffset: return  // External RAM is at another distance.
    default: fatalError("broken rule: what passed its check loads, but: \(error)")
    }
  }
  if blocks.data.size > 0 { memory.synchronize(blocks.data) }
  if blocks.code.size > 0 { memory.synchronize(blocks.code) }
  for index in 0..<min(image.exportCount, 256) {
    guard let address = try? image.exportAddress(at: index, in: blocks) else {
      fatalError("broken rule: export \(index) was checked")
    }
    require(blocks.executes(address), "export \(index) is code of the module")
  }
  require((try? image.exportAddress(at: image.exportCount, in: blocks)) == nil, "no further export")
  let name = Array("run".utf8)
  if let address = try? image.exportAddress(named: name.span, in: blocks) {
    require(blocks.executes(address), "a named export is code of the module")
  }
  let lifecycle = image.lifecycleAddress(in: blocks)
  require(
    lifecycle == 0 || blocks.executes(lifecycle), "the lifecycle function is code of the module")
  for index in 0..<min(image.keptCount, 256) {
    let place = blocks.data.dataAddress &+ image.keptTableOffset &+ index &* KeptRecord.size
    let record = KeptRecord(at: place, in: memory)
    require(
      record.address >= blocks.data.dataAddress
        && UInt64(record.address) + UInt64(record.byteCount)
          <= UInt64(blocks.data.dataAddress) + UInt64(image.keptTableOffset),
      "kept variable \(index) is data of the module")
  }
}

extension ModuleBlocks {
  /// Whether code of the module can begin at `address` of the instruction bus.
  fileprivate func executes(_ address: UInt32) -> Bool {
    address >= executed.executableAddress
      && address &- executed.executableAddress < executed.size
  }
}
