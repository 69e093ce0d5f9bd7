import HotReloadPort

/// Up to 64 bytes of text by value: a symbol, a label, a version, where a task is. What is longer is cut.
public struct ShortText: Sendable {
  private var storage: InlineArray<64, UInt8> = .init(repeating: 0)
  private var length: UInt8 = 0

  /// No text.
  public init() {}

  /// The first 64 of `bytes`.
  public init(_ bytes: Span<UInt8>) { set(bytes) }

  /// The first 64 bytes of `text`.
  public init(_ text: StaticString) { self.init(text.bytes) }

  /// Replaces it by the first 64 of `bytes`, where it is.
  @inline(never)
  public mutating func set(_ bytes: Span<UInt8>) {
    length = 0
    append(bytes)
  }

  /// Appends as many of `bytes` as there is room for.
  @inline(never)
  public mutating func append(_ bytes: Span<UInt8>) {
    for index in bytes.indices { append(bytes[index]) }
  }

  /// Appends a literal, as far as there is room for it.
  public mutating func append(_ text: StaticString) { append(text.bytes) }

  /// Appends at least `digits` hexadecimal digits, as far as there is room for them.
  @inline(never)
  public mutating func append(hex value: UInt32, digits: Int) {
    for place in (0..<8).reversed() {
      let rest = value &>> UInt32(truncatingIfNeeded: 4 &* place)
      if rest != 0 || place < digits { append(Hex.digit(UInt8(truncatingIfNeeded: rest))) }
    }
  }

  private mutating func append(_ byte: UInt8) {
    guard Int(length) < storage.count else { return }
    storage[Int(length)] = byte
    length &+= 1
  }

  /// The bytes.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get { storage.span.extracting(first: Int(length)) }
  }
}

extension ShortText: Equatable {
  /// Whether the bytes are the same.
  public static func == (left: ShortText, right: ShortText) -> Bool {
    guard left.length == right.length else { return false }
    for index in left.storage.indices where left.storage[index] != right.storage[index] {
      return false
    }
    return true
  }
}
