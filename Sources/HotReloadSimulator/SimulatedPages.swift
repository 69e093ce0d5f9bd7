import HotReloadLoader

/// The pages through which an instruction bus sees external RAM (ESP32-S2: ESP-IDF, `soc/ext_mem_defs.h`): a block is
/// mapped whole when it is allocated, and unmapped when it is freed.
struct SimulatedPages {
  /// Bytes of a page (`CONFIG_MMU_PAGE_SIZE`).
  static let size: UInt32 = 64 << 10

  /// Where the first page is seen (SOC_IRAM0_CACHE_ADDRESS_LOW).
  private let base: UInt32 = 0x4008_0000
  /// Which pages are in use.
  private var isMapped: [Bool]

  init(count: Int) { isMapped = Array(repeating: false, count: count) }

  /// The number of pages that nothing is mapped into.
  var free: Int { isMapped.count { !$0 } }

  /// Where the instruction bus sees `count` bytes at `address` from now on; nil if there are not enough free pages in
  /// a row.
  mutating func map(_ address: UInt32, count: UInt32) -> UInt32? {
    let needed = Self.pages(address, count)
    var first = 0
    for index in isMapped.indices {
      if isMapped[index] { first = index + 1 }
      guard index + 1 - first == needed else { continue }
      for page in first...index { isMapped[page] = true }
      return base + UInt32(first) * Self.size + address % Self.size
    }
    return nil
  }

  /// Undoes `map`, which returned `address`.
  mutating func unmap(_ address: UInt32, count: UInt32) {
    let first = Int((address - base) / Self.size)
    for page in first..<first + Self.pages(address, count) {
      precondition(isMapped[page], "page \(page) is not mapped")
      isMapped[page] = false
    }
  }

  /// The number of pages that the bytes lie in.
  private static func pages(_ address: UInt32, _ count: UInt32) -> Int {
    Int((address % size + count + size - 1) / size)
  }
}
