/// Up to 32 bytes of text by value: a symbol, a label, a version. What is longer is cut.
public struct ShortText: Sendable {
  private var storage: InlineArray<32, UInt8> = .init(repeating: 0)
  private var length: UInt8 = 0

  /// No text.
  public init() {}

  /// The first 32 of `bytes`.
  public init(_ bytes: Span<UInt8>) { set(bytes) }

  /// The first 32 bytes of `text`.
  public init(_ text: StaticString) { self.init(text.bytes) }

  /// Replaces it by the first 32 of `bytes`, where it is.
  @inline(never)
  public mutating func set(_ bytes: Span<UInt8>) {
    length = 0
    for index in 0..<min(bytes.count, storage.count) {
      storage[index] = bytes[index]
      length &+= 1
    }
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
