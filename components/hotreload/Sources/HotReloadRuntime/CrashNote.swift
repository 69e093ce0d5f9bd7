import HotReloadPort
import HotReloadServer

/// How the time before the start came to its end.
public enum CrashKind: UInt8, Sendable {
  // The first four are HOTRELOAD_PORT_CRASH_… of hotreload_port.h.

  /// An exception of the core.
  case trap = 0
  /// abort(), assert().
  case abort = 1
  /// A watchdog that the platform told of.
  case watchdog = 2
  /// A module on trial did not return.
  case hang = 3
  /// A function was called while no module was loaded.
  case emptySlot = 4

  // Nobody said these: they are never in a note.

  /// The chip says that the firmware crashed.
  case unknownCrash = 5
  /// The chip says that a watchdog bit.
  case unknownWatchdog = 6
  /// A trial has had its three starts.
  case attemptsUsed = 7

  /// One sentence; `%u` stands for the cause, `%s` for the place.
  fileprivate var detail: TextLine { TextLine(Self.details, rawValue) }

  /// The sentences of all cases, in their order.
  private static var details: StaticString {
    """
    trap %u in %s
    abort in %s
    watchdog in %s
    hang in %s
    %s was called while no module was loaded, before the restart
    the firmware crashed
    a watchdog's reset
    not confirmed in three starts
    """
  }
}

/// What a firmware that is about to crash leaves for the next start, in the 64 retained bytes of `RestartPort`:
///
/// | byte | content |
/// |---|---|
/// | 0…3 | "HRN2" |
/// | 4…7 | FNV-1a (32 bits) of all bytes behind it, little-endian |
/// | 8 | `CrashKind` |
/// | 9 | the modules that it is held against: bit n for symbol table n |
/// | 10 | 1 if the place lies in a module, and 2 if a module was on trial whose image was in RAM only |
/// | 11 | bytes of the place's name, at most 48 |
/// | 12…15 | the cause of a trap, little-endian |
/// | 16…63 | the name, and what was there before |
///
/// Where anything else is, there is no note.
struct CrashNote {
  var kind: CrashKind
  var suspects: UInt8 = 0
  var isInModule = false
  /// Whether it is held against a module that the restart has taken away.
  var isOfRAM = false
  var cause: UInt32 = 0
  var place = ShortText()

  private static var mark: UInt32 { 0x324E_5248 }
  private static var longestPlace: Int { 48 }

  init(_ kind: CrashKind) { self.kind = kind }

  /// Whether the crash is a matter of modules: of one that was not loaded, or that it happened in, or that was on
  /// trial.
  var concernsModules: Bool {
    kind == .emptySlot || isInModule || isOfRAM
      || suspects != 0 && kind.rawValue <= CrashKind.hang.rawValue
  }

  /// What it says to people and programs.
  func refusal(_ code: RefusalCode) -> Refusal { Refusal(code, kind.detail, cause) }

  /// Leaves it for the next start. Uses nothing of the runtime, which may be in the middle of something.
  @inline(never)
  func write(to system: inout some RestartPort) {
    guard system.hasRetainedBytes else { return }
    system.setRetained(8, to: kind.rawValue)
    system.setRetained(9, to: suspects)
    system.setRetained(10, to: (isInModule ? 1 : 0) | (isOfRAM ? 2 : 0))
    let count = min(place.bytes.count, Self.longestPlace)
    system.setRetained(11, to: UInt8(truncatingIfNeeded: count))
    Self.setWord(cause, at: 12, &system)
    for index in 0..<count { system.setRetained(16 &+ index, to: place.bytes[index]) }
    Self.setWord(Self.hash(system), at: 4, &system)
    Self.setWord(Self.mark, at: 0, &system)
  }

  /// Takes the note away; nil if there is none.
  @inline(never)
  init?(takenFrom system: inout some RestartPort) {
    guard system.hasRetainedBytes, Self.word(at: 0, system) == Self.mark,
      Self.word(at: 4, system) == Self.hash(system),
      let kind = CrashKind(rawValue: system.retained(8)), kind.rawValue < 5,
      system.retained(11) <= Self.longestPlace
    else { return nil }
    Self.setWord(0, at: 0, &system)
    self.init(kind)
    suspects = system.retained(9)
    isInModule = system.retained(10) & 1 != 0
    isOfRAM = system.retained(10) & 2 != 0
    cause = Self.word(at: 12, system)
    var name = InlineArray<48, UInt8>(repeating: 0)
    for index in name.indices { name[index] = system.retained(16 &+ index) }
    place.set(name.span.extracting(first: Int(system.retained(11))))
  }

  /// FNV-1a over bytes 8 to 63 (Fowler, Noll, Vo; 32 bits).
  private static func hash(_ system: some RestartPort) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for index in 8..<64 { hash = (hash ^ UInt32(system.retained(index))) &* 0x0100_0193 }
    return hash
  }

  @inline(never)
  private static func word(at offset: Int, _ system: some RestartPort) -> UInt32 {
    var word: UInt32 = 0
    for index in 0..<4 {
      word |= UInt32(system.retained(offset &+ index)) &<< UInt32(truncatingIfNeeded: 8 &* index)
    }
    return word
  }

  @inline(never)
  private static func setWord(_ word: UInt32, at offset: Int, _ system: inout some RestartPort) {
    for index in 0..<4 {
      let byte = word &>> UInt32(truncatingIfNeeded: 8 &* index)
      system.setRetained(offset &+ index, to: UInt8(truncatingIfNeeded: byte))
    }
  }
}
