import HotReloadELF
import HotReloadPort

/// The instructions of one module in memory, and what tells an address in them from a number.
public struct ModuleCode: Sendable {
  /// Address of the first byte on the instruction bus.
  public let start: UInt32
  /// Bytes; 0: no code.
  public let byteCount: UInt32
  /// What is added to an address of the instruction bus to read there through the data bus; wraps.
  private let dataOffset: UInt32
  /// How they are encoded.
  private let encoding: CodeEncoding

  /// No code.
  public static var none: ModuleCode {
    ModuleCode(start: 0, byteCount: 0, dataOffset: 0, CodeEncoding(isXtensa: false))
  }

  init(start: UInt32, byteCount: UInt32, dataOffset: UInt32, _ encoding: CodeEncoding) {
    self.start = start
    self.byteCount = byteCount
    self.dataOffset = dataOffset
    self.encoding = encoding
  }

  /// Bytes from `start` to `address`; nil if the address is not in the code.
  public func offset(of address: UInt32) -> UInt32? {
    let offset = address &- start
    return offset < byteCount ? offset : nil
  }

  /// The address that a program counter or a register holds, if it is one of the code.
  public func offset(inRegister word: UInt32) -> UInt32? {
    offset(of: encoding.isXtensa ? XtensaReturnAddress.decode(word, near: start) : word)
  }

  /// Where in the code a call would return to that left `word` on a stack: behind an instruction that calls. Nil for any
  /// other number, and so for most that are left of earlier calls.
  ///
  /// - Parameter memory: where the module is; read by aligned words.
  @inline(never)
  public func offset(ofReturnAddress word: UInt32, _ memory: some MemoryPort) -> UInt32? {
    let address = encoding.isXtensa ? XtensaReturnAddress.decode(word, near: start) : word
    // Behind the last byte, too: a function that does not return may end with a call.
    let offset = address &- start
    guard offset <= byteCount else { return nil }
    let follows =
      encoding.isXtensa
      ? XtensaReturnAddress.followsCall(word, at: offset, self, memory)
      : RISCVReturnAddress.followsCall(at: offset, self, memory)
    return follows ? offset : nil
  }

  /// The `count` bytes before `offset`, as a little-endian number; `count` <= 4, `count` <= `offset` <= `byteCount`.
  func bytes(_ count: UInt32, before offset: UInt32, _ memory: some MemoryPort) -> UInt32 {
    var number: UInt32 = 0
    var address = start &+ offset &+ dataOffset
    for _ in 0..<count {
      address &-= 1
      number = number &<< 8 | memory.word(at: address & ~3) &>> (8 &* (address & 3)) & 0xFF
    }
    return number
  }

  /// Makes whoever executes any of it stop at once: both instruction sets have no instruction that is all zeros
  /// (RISCVReturnAddress.swift, XtensaReturnAddress.swift).
  public func fillWithTraps(_ memory: inout some MemoryPort) {
    // The block of the code goes on to a multiple of 4.
    memory.zeroWords(at: start &+ dataOffset, count: (byteCount &+ 3) & ~3)
  }
}

extension ModuleImage {
  /// Where the image's code is, from its first executable segment to its last; none if it has none.
  @inline(never)
  public func code(in blocks: ModuleBlocks) -> ModuleCode {
    var start = UInt32.max
    var end: UInt32 = 0
    var segments = file.programHeaders
    while let segment = segments.next() {
      guard segment.type == .load, segment.flags.isExecutable else { continue }
      // They ascend, and the layout was checked: none of them wraps.
      start = min(start, segment.virtualAddress)
      end = segment.virtualAddress &+ segment.memorySize
    }
    guard start < end else { return .none }
    // Memory may be read by words only.
    start &= ~3
    return ModuleCode(
      start: start &+ biases(in: blocks).code, byteCount: end &- start,
      dataOffset: 0 &- blocks.executed.executableOffset, CodeEncoding(isXtensa: file.isXtensa))
  }
}
