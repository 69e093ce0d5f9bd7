import HotReloadELF
import HotReloadPort

// The runtime of a chip is compiled for one instruction set, -D HOTRELOAD_RISCV or -D HOTRELOAD_XTENSA, and has nothing of
// the other; on a computer it has both. This file alone knows these conditions: what it says is a constant
// on a chip, and the compiler drops the branches that cannot be taken.

extension ELFFile {
  /// Whether a file that suits the chip is Xtensa's; otherwise it is RISC-V's.
  @inline(__always) var isXtensa: Bool {
    #if HOTRELOAD_RISCV
      false
    #elseif HOTRELOAD_XTENSA
      true
    #else
      header.machine == .xtensa
    #endif
  }
}

extension Chip {
  /// Whether modules for the chip are Xtensa's; otherwise they are RISC-V's.
  @inline(__always) var isXtensa: Bool {
    #if HOTRELOAD_RISCV
      false
    #elseif HOTRELOAD_XTENSA
      true
    #else
      instructionSet == .xtensa
    #endif
  }

  #if HOTRELOAD_RISCV
    /// The chips that this build loads modules for.
    @inline(__always) static var supported: InlineArray<8, Chip> {
      [esp32c2, esp32c3, esp32c5, esp32c6, esp32c61, esp32h2, esp32p4, qemuRISCV32]
    }
  #elseif HOTRELOAD_XTENSA
    @inline(__always) static var supported: InlineArray<4, Chip> {
      [esp32, esp32s2, esp32s3, qemuXtensa]
    }
  #else
    @inline(__always) static var supported: InlineArray<12, Chip> {
      [
        esp32c2, esp32c3, esp32c5, esp32c6, esp32c61, esp32h2, esp32p4, qemuRISCV32,
        esp32, esp32s2, esp32s3, qemuXtensa,
      ]
    }
  #endif
}

/// Where functions save the addresses that they return to.
public enum ReturnAddresses {
  /// Whether below the frames of the functions that they call, as register windows do it, and not in their own.
  @inline(__always) public static var areBelowCallees: Bool {
    #if HOTRELOAD_XTENSA
      true
    #else
      false
    #endif
  }
}

extension ModuleManifest {
  /// Whether fixups may be for the code: where they may not, `check` has refused them.
  @inline(__always) static var mayHaveCodeFixups: Bool {
    #if HOTRELOAD_RISCV
      false
    #else
      true
    #endif
  }
}

/// How instructions are encoded. Nothing where there is one way.
struct CodeEncoding: Sendable {
  #if HOTRELOAD_RISCV
    /// As Xtensa's; otherwise they are RISC-V's.
    @inline(__always) var isXtensa: Bool { false }
  #elseif HOTRELOAD_XTENSA
    @inline(__always) var isXtensa: Bool { true }
  #else
    let isXtensa: Bool
  #endif

  init(isXtensa: Bool) {
    #if !HOTRELOAD_RISCV && !HOTRELOAD_XTENSA
      self.isXtensa = isXtensa
    #endif
  }
}

/// What else is to be known of a value where there are two biases. Nothing where there is one.
struct FixupTarget: Equatable {
  #if HOTRELOAD_RISCV
    /// The region whose bias is added; nil stands for the one in which the value lies.
    var region: Region? { .data }
    /// What is added to a word besides.
    var addend: UInt32 { 0 }
  #else
    var region: Region?
    var addend: UInt32
  #endif

  init(region: Region?, addend: UInt32 = 0) {
    #if !HOTRELOAD_RISCV
      self.region = region
      self.addend = addend
    #endif
  }

  /// An address of data.
  static var data: FixupTarget { FixupTarget(region: .data) }
  /// An address of code.
  static var code: FixupTarget { FixupTarget(region: .code) }
}

/// What else is to be known of the layout of an image whose data and code may be linked far apart. Nothing where they
/// are not.
struct RegionLayout {
  #if HOTRELOAD_RISCV
    /// Whether they are.
    var isApart: Bool { false }
    /// Whether they go into blocks of their own.
    var isSplit: Bool { false }
    /// Bytes of the code where it is linked apart, a multiple of 4.
    var codeSize: UInt32 {
      get { 0 }
      nonmutating set {}
    }
  #else
    let isApart: Bool
    let isSplit: Bool
    var codeSize: UInt32 = 0
  #endif

  init(isApart: Bool, isSplit: Bool) {
    #if !HOTRELOAD_RISCV
      self.isApart = isApart
      self.isSplit = isSplit
    #endif
  }
}

/// The memory of one module.
public struct ModuleBlocks: Equatable, Sendable {
  /// All of it; where `code` has bytes, all but the code. No bytes: there is no module, or no data.
  public var data: MemoryBlock
  #if HOTRELOAD_RISCV
    /// No bytes.
    public var code: MemoryBlock { .empty }
  #else
    /// The code of a module whose code is apart (`Placement.split`), no bytes otherwise.
    public var code: MemoryBlock
  #endif

  /// One block, and for `Placement.split` another.
  public init(_ data: MemoryBlock, code: MemoryBlock = .empty) {
    self.data = data
    #if !HOTRELOAD_RISCV
      self.code = code
    #endif
  }

  /// What the instruction bus reads.
  public var executed: MemoryBlock { code.size > 0 ? code : data }

  /// Bytes of both.
  public var size: UInt32 { data.size &+ code.size }
}
