import HotReloadLoader
import HotReloadPort

/// A chip's RAM for modules, with its rules; what breaks one stops the test, as it would stop the chip:
///
/// - an access outside an allocated block; so an address of the instruction bus where the chip has two;
/// - synchronizing a part of a cache line;
/// - where data and code are apart (ESP32), any access of the code but an aligned word.
///
/// External RAM is given out for ESP-IDF's MALLOC_CAP_SPIRAM. Where it is executed through pages (ESP32-S2),
/// an allocation fails when they are used up.
package final class SimulatedMemory: MemoryPort {
  /// MALLOC_CAP_SPIRAM (ESP-IDF, `esp_heap_caps.h`).
  package static let spiram: UInt32 = 1 << 10

  private let chip: Chip
  /// Distance from the data bus to the instruction bus, of the blocks that are allocated from now on in internal RAM.
  package var executableOffset: UInt32
  /// Internal RAM: of a chip with data and code apart the data.
  private var ram: SimulatedHeap
  /// The code of such a chip.
  private var codeRAM: SimulatedHeap?
  private var externalRAM: SimulatedHeap?
  private var pages: SimulatedPages?
  /// The number of allocations after which every further one fails.
  package var allocationsUntilFailure: Int?
  /// Whether the configuration allows executable RAM (memory protection off).
  package var isExecutable = true

  /// The first `size` bytes of the chip's internal RAM, of its RAM for code where that is apart, and of external RAM
  /// that can be executed.
  package init(chip: Chip, size: UInt32, pages: Int = 4) {
    precondition(
      chip.dataBus.contains(chip.dataBus.start, count: size), "more than \(chip.name) has")
    self.chip = chip
    executableOffset = chip.executableOffset
    ram = SimulatedHeap(at: chip.dataBus.start, size: size)
    if chip.placement == .split {
      codeRAM = SimulatedHeap(at: chip.instructionBus.start, size: size, takesWordsOnly: true)
    }
    guard let external = chip.externalMemory else { return }
    externalRAM = SimulatedHeap(at: external.data.start, size: size)
    if external.executableOffset == ExternalMemory.throughPages {
      self.pages = SimulatedPages(count: pages)
    }
  }

  /// All allocated blocks in ascending order.
  package var blocks: [MemoryBlock] {
    (ram.blocks + (codeRAM?.blocks ?? []) + (externalRAM?.blocks ?? []))
      .sorted { $0.dataAddress < $1.dataAddress }
  }

  /// The number of pages that could still be mapped; nil where there are none.
  package var freePages: Int? { pages?.free }

  package func allocate(
    size: UInt32, alignment: UInt32, capabilities: UInt32, purpose: MemoryPurpose
  ) throws(MemoryError) -> MemoryBlock {
    precondition(
      purpose == .image || (purpose == .module) == (chip.placement == .oneBlock),
      "\(chip.name) has no \(purpose)")
    guard isExecutable || purpose == .image else { throw .notExecutable }
    if let left = allocationsUntilFailure {
      guard left > 0 else { throw .outOfMemory }
      allocationsUntilFailure = left - 1
    }
    if capabilities & Self.spiram != 0 {
      return try allocateExternal(size: size, alignment: alignment)
    }
    let offset = executableOffset
    switch purpose {
    case .module:
      return try ram.allocate(size: size, alignment: alignment) { $0 &+ offset }
    case .data:
      return try ram.allocate(size: size, alignment: alignment) { $0 }
    case .image:
      return try ram.allocate(size: size, alignment: alignment) { _ in 0 }
    case .code:
      guard let block = try codeRAM?.allocate(size: size, alignment: alignment, execute: { $0 })
      else { throw .outOfMemory }
      return block
    }
  }

  private func allocateExternal(
    size: UInt32, alignment: UInt32
  ) throws(MemoryError) -> MemoryBlock {
    guard var heap = externalRAM, let external = chip.externalMemory else { throw .outOfMemory }
    var pages = pages
    let block = try heap.allocate(size: size, alignment: alignment) { address in
      guard external.executableOffset == ExternalMemory.throughPages else {
        return address &+ external.executableOffset
      }
      return pages?.map(address, count: size)
    }
    self.pages = pages
    externalRAM = heap
    return block
  }

  package func free(_ block: MemoryBlock) {
    if ram.free(block) { return }
    if codeRAM?.free(block) == true { return }
    guard externalRAM?.free(block) == true else {
      fatalError("free of a block that is not allocated: \(block)")
    }
    pages?.unmap(block.executableAddress, count: block.size)
  }

  package func withBytes<Value>(
    at address: UInt32, count: UInt32, _ body: (RawSpan) -> Value
  ) -> Value {
    let bytes = withHeap(at: address) { heap in (0..<count).map { heap[address + $0] } }
    // Safety: bytes have no padding.
    return body(unsafe bytes.span.bytes)
  }

  package func write(_ source: RawSpan, at address: UInt32) {
    withHeap(at: address) { $0.write(source, at: address) }
  }

  package func zero(at address: UInt32, count: UInt32) {
    for offset in 0..<count { setByte(0, at: address + offset) }
  }

  package func copy(from source: UInt32, to address: UInt32, count: UInt32) {
    for offset in 0..<count { setByte(byte(at: source + offset), at: address + offset) }
  }

  package func word(at address: UInt32) -> UInt32 { withHeap(at: address) { $0.word(at: address) } }

  package func setWord(_ value: UInt32, at address: UInt32) {
    withHeap(at: address) { $0.setWord(value, at: address) }
  }

  package func byte(at address: UInt32) -> UInt8 { withHeap(at: address) { $0[address] } }

  package func setByte(_ value: UInt8, at address: UInt32) {
    withHeap(at: address) { $0[address] = value }
  }

  package func synchronize(_ block: MemoryBlock) {
    precondition(
      block.dataAddress % chip.cacheLine == 0 && block.size % chip.cacheLine == 0,
      "a part of a cache line: \(block)")
    withHeap(at: block.dataAddress) { $0.synchronize(block) }
  }

  /// Whether the instruction bus sees at `address` what the data bus wrote there.
  package func isExecutable(at address: UInt32) -> Bool {
    if externalRAM?.isFetched(at: address) == true { return true }
    guard chip.instructionBus.contains(address) else { return false }
    return ram.isFetched(at: address) || codeRAM?.isFetched(at: address) == true
  }

  /// What is in a block that was freed, and what instruction fetch sees there.
  package func remains(of block: MemoryBlock) -> (data: [UInt8], fetched: [UInt8]) {
    withHeap(at: block.dataAddress) { $0.remains(at: block.dataAddress, count: block.size) }
  }

  /// The heap that an address of the data bus lies in; internal RAM, which knows no such address, for any other.
  private func withHeap<Value>(at address: UInt32, _ body: (inout SimulatedHeap) -> Value) -> Value
  {
    if codeRAM?.contains(address) == true, var heap = codeRAM {
      codeRAM = nil
      defer { codeRAM = heap }
      return body(&heap)
    }
    if externalRAM?.contains(address) == true, var heap = externalRAM {
      externalRAM = nil
      defer { externalRAM = heap }
      return body(&heap)
    }
    return body(&ram)
  }
}
