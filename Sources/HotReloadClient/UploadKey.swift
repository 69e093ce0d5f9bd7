/// The 32-byte key that firmware and tool share.
public struct UploadKey: Equatable, Sendable {
  /// Bytes of a key.
  public static let byteCount = 32

  /// 32 bytes.
  public let bytes: [UInt8]

  /// Nil unless there are exactly 32 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }
}
