/// SHA-256 of the firmware's ELF or its linker build-ID padded with zeros.
public struct BuildID: Sendable {
  /// The 32 bytes.
  public var bytes: InlineArray<32, UInt8>

  /// The build-ID of these bytes.
  public init(bytes: InlineArray<32, UInt8>) { self.bytes = bytes }
}

extension BuildID: Equatable {
  /// Whether all bytes are the same.
  public static func == (left: BuildID, right: BuildID) -> Bool {
    // By views: a subscript of the arrays would copy all of one for every byte.
    let (mine, others) = (left.bytes.span, right.bytes.span)
    for index in mine.indices where mine[index] != others[index] { return false }
    return true
  }
}

/// One module's symbol table in the firmware. Slots are what the stubs jump through.
public protocol SymbolTable {
  /// The partition whose module this table is for.
  var label: PartitionLabel? { get }
  /// Number of exports.
  var count: UInt32 { get }
  /// FNV-1a (32 bits) of all names in order, each followed by a NUL.
  var namesHash: UInt32 { get }
  /// Lends the name of export `index` (without NUL) to `body`; `index` < `count`.
  func withName<Value>(_ index: UInt32, _ body: (Span<UInt8>) -> Value) -> Value
  /// Makes the stub of export `index` jump to `address`; `index` < `count`.
  func setSlot(_ index: UInt32, to address: UInt32)
  /// Where the stub of export `index` jumps to; `index` < `count`.
  func slot(_ index: UInt32) -> UInt32
  /// Makes the stub of export `index` report a call without a module.
  func emptySlot(_ index: UInt32)
}

/// The firmware that the runtime is part of.
public protocol FirmwarePort {
  associatedtype Table: SymbolTable
  var buildID: BuildID { get }
  /// ESP-IDF's `esp_chip_id_t`; 0xFF00 and up for virtual chips.
  var chip: UInt16 { get }
  /// The 32-byte upload key.
  var key: InlineArray<32, UInt8> { get }
  /// Whether the application alone decides that a module is good (`hotreload_confirm`).
  var isConfirmedByApplication: Bool { get }
  /// Milliseconds that a module on trial may take to return to the application; 0: for ever.
  var trialTimeout: UInt32 { get }
  /// Lends the application's version, for people, to `body`.
  func withVersion<Value>(_ body: (Span<UInt8>) -> Value) -> Value
  /// What is done about a task that is inside a module that is to go.
  var safePoint: SafePointPolicy { get }
  /// Whether code that is freed is left as it is, not filled with what traps.
  var keepsFreedCode: Bool { get }
  /// Number of symbol tables, one for each module of the firmware; the runtime serves the first eight.
  var tableCount: UInt32 { get }
  /// Table `index`; `index` < `tableCount`.
  func table(at index: UInt32) -> Table
}
