import HotReloadPort
import HotReloadServer

/// What a firmware that is about to crash leaves for the next start: the name of the function that was called while no
/// module was loaded.
///
/// In the retained bytes of `RestartPort`: a mark of four bytes, the length of the name in one byte, its first 32 bytes.
/// Where the mark is anything else, there is no note.
public enum CrashNote {
  /// "HRN1", the first letter lowest.
  private static var mark: UInt32 { 0x314E_5248 }

  /// Leaves a note. Uses nothing of the runtime, which may be in the middle of something.
  public static func write(_ symbol: Span<UInt8>, to system: inout some RestartPort) {
    guard system.hasRetainedBytes else { return }
    let count = min(symbol.count, 32)
    system.setRetained(4, to: UInt8(truncatingIfNeeded: count))
    for index in 0..<count { system.setRetained(5 + index, to: symbol[index]) }
    set(mark, &system)
  }

  /// Takes the note away and puts its name into `symbol`; false if there is none.
  @inline(never)
  static func take(from system: inout some RestartPort, _ symbol: inout ShortText) -> Bool {
    guard system.hasRetainedBytes else { return false }
    var found: UInt32 = 0
    for index in 0..<4 { found |= UInt32(system.retained(index)) &<< (8 &* UInt32(index)) }
    let count = Int(system.retained(4))
    guard found == mark, count <= 32 else { return false }
    var bytes = InlineArray<32, UInt8>(repeating: 0)
    for index in 0..<count { bytes[index] = system.retained(5 + index) }
    symbol.set(bytes.span.extracting(first: count))
    set(0, &system)
    return true
  }

  private static func set(_ mark: UInt32, _ system: inout some RestartPort) {
    for index in 0..<4 {
      system.setRetained(index, to: UInt8(truncatingIfNeeded: mark &>> (8 &* UInt32(index))))
    }
  }
}
