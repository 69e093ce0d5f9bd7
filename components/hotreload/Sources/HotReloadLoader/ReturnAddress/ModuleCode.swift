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

  /// Bytes from `start` to the address that a register or a word on a stack holds; nil if that is neither in the code nor
  /// right behind it, where a call leads that is the last instruction.
  @inline(__always)
  public func distance(to word: UInt32) -> UInt32? {
    let address = encoding.isXtensa ? XtensaReturnAddress.decode(word, near: start) : word
    let offset = address &- start
    return offset <= byteCount ? offset : nil
  }

  /// Whether a call has left `word`, which leads to `offset`, on a stack: an instruction that calls is right before. So it is for
  /// few other numbers, and for few of those that are left of what was done earlier.
  ///
  /// - Parameter memory: where the module is; read by aligned words.
  @inline(never)
  public func isReturnAddress(
    _ word: UInt32, at offset: UInt32, _ memory: some MemoryPort
  ) -> Bool {
    encoding.isXtensa
      ? XtensaReturnAddress.followsCall(word, at: offset, self, memory)
      : RISCVReturnAddress.followsCall(at: offset, self, memory)
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
