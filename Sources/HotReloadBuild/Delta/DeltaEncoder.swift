import Crypto
import HotReloadDelta

/// Writes images as `DeltaDecoder` reads them (docs/PROTOCOL.md, "Encoded bodies").
///
/// What it writes depends on its arguments alone. Time and memory grow with the number of bytes, whatever these are.
public enum DeltaEncoder {
  /// `image` by itself, or as its difference to `base`, which the device has to have.
  ///
  /// - Parameter image: at least one byte, less than 256 MiB; so is `base`.
  public static func encode(_ image: [UInt8], base: [UInt8]? = nil) -> [UInt8] {
    precondition(!image.isEmpty, "an image of no bytes")
    let sequences = DeltaParse(image, base: base ?? []).sequences()
    var writer = DeltaWriter(image)
    for sequence in sequences { writer.append(sequence) }
    let reach = sequences.lazy.filter { $0.copy.isOfOutput }.map(\.place).max() ?? 0
    return header(image, base: base, reach: reach) + writer.bytes
  }

  private static func header(_ image: [UInt8], base: [UInt8]?, reach: Int) -> [UInt8] {
    var window = DeltaFormat.windows.lowerBound
    while reach >= 1 << Int(window) { window += 1 }
    var header = [DeltaFormat.version, window | (base == nil ? 0 : DeltaFormat.hasBase)]
    for byte in 0..<4 { header.append(UInt8(truncatingIfNeeded: image.count >> (8 * byte))) }
    header += SHA256.hash(data: image)
    if let base { header += SHA256.hash(data: base).prefix(DeltaFormat.baseNameSize) }
    return header
  }
}
