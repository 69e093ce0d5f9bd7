import HotReloadELF
import HotReloadPort

// Memory behind an instruction bus that takes aligned 32-bit words only (IRAM of ESP32: Technical Reference Manual,
// "Embedded Memory"): a store of a byte raises LoadStoreError there.
extension MemoryPort {
  /// Writes `bytes` from `address` on, a multiple of 4. Zeros fill up the last word.
  mutating func writeWords(_ bytes: borrowing ByteView, at address: UInt32) {
    let whole = bytes.count & ~3
    var offset: UInt32 = 0
    while offset < whole {
      setWord(bytes.loadWord(offset), at: address &+ offset)
      offset &+= 4
    }
    guard whole < bytes.count else { return }
    var last: UInt32 = 0
    while offset < bytes.count {
      last |= UInt32(bytes.loadByte(offset)) &<< (8 &* (offset & 3))
      offset &+= 1
    }
    setWord(last, at: address &+ whole)
  }

  /// Zeroes `count` bytes from `address` on, both multiples of 4.
  mutating func zeroWords(at address: UInt32, count: UInt32) {
    var offset: UInt32 = 0
    while offset < count {
      setWord(0, at: address &+ offset)
      offset &+= 4
    }
  }
}
