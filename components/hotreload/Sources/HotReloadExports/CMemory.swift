import CHotReload
import HotReloadPort

/// The chip's RAM. The loader stays within the blocks that `allocate` returned.
struct CMemory: MemoryPort {
  func allocate(
    size: UInt32, alignment: UInt32, capabilities: UInt32, purpose: MemoryPurpose
  ) throws(MemoryError) -> MemoryBlock {
    var block = hotreload_port_block_t()
    // Safety: `block` outlives the call.
    let result = unsafe hotreload_port_allocate(
      size, alignment, capabilities, purpose.rawValue, &block)
    switch Int(result) {
    case HOTRELOAD_PORT_OK: return MemoryBlock(block)
    case HOTRELOAD_PORT_NOT_EXECUTABLE: throw .notExecutable
    default: throw .outOfMemory
    }
  }

  func free(_ block: MemoryBlock) {
    var block = hotreload_port_block_t(block)
    // Safety: `block` outlives the call.
    unsafe hotreload_port_free(&block)
  }

  func synchronize(_ block: MemoryBlock) {
    var block = hotreload_port_block_t(block)
    // Safety: `block` outlives the call.
    unsafe hotreload_port_synchronize(&block)
  }

  func withBytes<Value>(at address: UInt32, count: UInt32, _ body: (RawSpan) -> Value) -> Value {
    // Safety: the runtime filled the range, and neither writes to its block nor frees it meanwhile.
    let bytes = unsafe UnsafeRawBufferPointer(
      start: pointer(address), count: Int(truncatingIfNeeded: count))
    return body(unsafe bytes.bytes)
  }

  func write(_ bytes: RawSpan, at address: UInt32) {
    unsafe bytes.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      // Safety: the loader checked that the range lies in its block, which does not overlap the image.
      unsafe pointer(address).copyMemory(from: start, byteCount: source.count)
    }
  }

  func zero(at address: UInt32, count: UInt32) {
    // Safety: the loader checked that the range lies in its block.
    unsafe pointer(address).initializeMemory(
      as: UInt8.self, repeating: 0, count: Int(truncatingIfNeeded: count))
  }

  func copy(from source: UInt32, to address: UInt32, count: UInt32) {
    // Safety: the runtime checked that the ranges lie in blocks, and do not overlap.
    unsafe pointer(address).copyMemory(
      from: pointer(source), byteCount: Int(truncatingIfNeeded: count))
  }

  func word(at address: UInt32) -> UInt32 {
    // Safety: the loader checked range and alignment.
    unsafe pointer(address).load(as: UInt32.self)
  }

  func setWord(_ value: UInt32, at address: UInt32) {
    hotreload_port_store_word(address, value)
  }

  func byte(at address: UInt32) -> UInt8 {
    // Safety: the loader checked the range.
    unsafe pointer(address).load(as: UInt8.self)
  }

  func setByte(_ value: UInt8, at address: UInt32) {
    // Safety: the loader checked the range.
    unsafe pointer(address).storeBytes(of: value, as: UInt8.self)
  }

  private func pointer(_ address: UInt32) -> UnsafeMutableRawPointer {
    // Safety: a block never begins at address 0, so the pointer exists.
    unsafe UnsafeMutableRawPointer(bitPattern: UInt(address)).unsafelyUnwrapped
  }
}

extension MemoryBlock {
  init(_ block: hotreload_port_block_t) {
    self.init(
      dataAddress: block.data_address, executableAddress: block.executable_address,
      size: block.size)
  }
}

extension hotreload_port_block_t {
  init(_ block: MemoryBlock) {
    self.init(
      data_address: block.dataAddress, executable_address: block.executableAddress,
      size: block.size)
  }
}
