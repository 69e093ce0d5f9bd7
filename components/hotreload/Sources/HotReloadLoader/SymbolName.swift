import HotReloadELF

/// A symbol's name, cut off after 31 bytes.
public struct SymbolName: Sendable {
  /// The name, then NULs; the last byte is always NUL.
  public private(set) var bytes: InlineArray<32, UInt8> = .init(repeating: 0)

  /// No name.
  public init() {}

  /// Copies what fits of `name`.
  public init(_ name: borrowing ByteView) {
    for index in 0..<31 {
      guard let byte = try? name.byte(at: UInt32(index)), byte != 0 else { return }
      bytes[index] = byte
    }
  }
}

extension SymbolName: Equatable {
  /// Whether both hold the same bytes.
  public static func == (left: SymbolName, right: SymbolName) -> Bool {
    for index in left.bytes.indices where left.bytes[index] != right.bytes[index] { return false }
    return true
  }
}
