#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A part of a text that is searched byte by byte. What compilers write for a runtime has a megabyte or two: the C library
/// searches it quickly in builds that are not optimised, too.
typealias TextSlice = ArraySlice<UInt8>

extension ArraySlice<UInt8> {
  /// Where `byte` is first, nil if it does not occur.
  func position(of byte: UInt8) -> Int? {
    // Safety: memchr(3) reads within the buffer, and what it returns points there.
    unsafe withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress, let found = unsafe memchr(base, Int32(byte), count)
      else { return nil }
      return unsafe startIndex + (UnsafeRawPointer(found) - base)
    }
  }

  /// Where `word`, which has no byte but ASCII's, begins first, nil if it does not occur.
  func position(of word: StaticString) -> Int? {
    // Safety: a StaticString of a literal has at least the byte that ends it.
    let first = unsafe word.utf8Start.pointee
    var rest = self
    while let start = rest.position(of: first) {
      if self[start...].begins(with: word) { return start }
      rest = self[(start + 1)...]
    }
    return nil
  }

  /// Whether it begins with `word`.
  func begins(with word: StaticString) -> Bool {
    guard count >= word.utf8CodeUnitCount else { return false }
    // Safety: both have as many bytes.
    return unsafe withUnsafeBytes { buffer in
      unsafe buffer.baseAddress.map {
        unsafe memcmp($0, word.utf8Start, word.utf8CodeUnitCount) == 0
      } ?? true
    }
  }

  /// Behind the bytes at its beginning that belong to `set`.
  func end(of set: ByteSet) -> Int {
    var index = startIndex
    while index < endIndex, set.contains(self[index]) { index += 1 }
    return index
  }

  /// What is in it, as messages show it.
  var text: String { String(decoding: self, as: UTF8.self) }
}

/// Some of the 256 bytes.
struct ByteSet: Sendable {
  private var members = [Bool](repeating: false, count: 256)

  init(_ bytes: String) {
    for byte in bytes.utf8 { members[Int(byte)] = true }
  }

  func contains(_ byte: UInt8) -> Bool { members[Int(byte)] }

  /// All other bytes.
  var inverted: ByteSet {
    var set = self
    for byte in 0..<256 { set.members[byte].toggle() }
    return set
  }

  /// Letters and digits of ASCII.
  static let alphanumeric = ByteSet(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

  /// Those of `self` and those of `other`.
  func union(_ other: String) -> ByteSet {
    var set = self
    for byte in other.utf8 { set.members[Int(byte)] = true }
    return set
  }
}

/// The lines of a text, without their ends. A text that ends with a line feed has no empty line behind it.
struct TextLines: Sequence, IteratorProtocol {
  private var rest: TextSlice

  init(_ text: [UInt8]) { rest = text[...] }

  mutating func next() -> TextSlice? {
    guard !rest.isEmpty else { return nil }
    let end = rest.position(of: UInt8(ascii: "\n")) ?? rest.endIndex
    let line = rest[..<end]
    rest = rest[Swift.min(end + 1, rest.endIndex)...]
    return line
  }
}
