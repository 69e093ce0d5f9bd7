import TestImages

/// Images of a `LoadShape`, the same ones for the same seed.
package enum LoadImage {
  /// An image that the firmware of `identity` loads. Half of it is data, or as much as the fixups need. Xtensa has a
  /// tenth of them in the code: literals.
  package static func make(
    _ shape: LoadShape, for identity: ModuleIdentity, seed: UInt64
  ) -> [UInt8] {
    var random = SplitMix(seed)
    let literals = identity.isXtensa ? shape.fixups / 10 : 0
    let pointers = shape.fixups - literals
    let dataSize = max(shape.bytes / 2, pointers * LoadShape.bytesPerFixup + 64) & ~15
    let codeSize = (shape.bytes - dataSize) & ~15
    let data = identity.isXtensa ? PackedImageBuilder.xtensaData : 0
    let code =
      identity.isXtensa
      ? PackedImageBuilder.xtensaCode : identity.executableOffset + UInt32(dataSize)

    var builder =
      identity.isXtensa
      ? PackedImageBuilder.smallXtensa(chip: identity.chip)
      : .small(executableOffset: identity.executableOffset, chip: identity.chip)
    builder.firmwareID = identity.firmwareID
    builder.namesHash = identity.namesHash
    builder.segments = []

    // Which words point into the data, and which into the code.
    var toData: [UInt32] = []
    var toCode: [UInt32] = []
    func segment(_ start: UInt32, _ size: Int, fixups: Int, flags: UInt32) {
      var bytes = [UInt8](repeating: 0, count: size)
      for offset in stride(from: 0, to: size, by: 4) {
        bytes.set(word: UInt32(truncatingIfNeeded: random.next()), at: offset)
      }
      var offset = 0
      var gaps = [1, 2, 3]
      for index in 0..<fixups {
        let isToData = !identity.isXtensa || Bool.random(using: &random)
        let target = isToData ? data : code
        bytes.set(word: target + UInt32.random(in: 0..<256, using: &random), at: offset)
        if isToData {
          toData.append(start + UInt32(offset))
        } else {
          toCode.append(start + UInt32(offset))
        }
        if index % 3 == 0 { gaps.shuffle(using: &random) }
        offset += 4 * gaps[index % 3]
      }
      builder.segments.append(.init(address: start, bytes: bytes, flags: flags))
    }
    segment(data, dataSize, fixups: pointers, flags: PackedImageBuilder.Segment.data)
    segment(code, codeSize, fixups: literals, flags: PackedImageBuilder.Segment.code)
    builder.relative = encodeRELR(toData)
    builder.codeRelative = encodeRELR(toCode)
    builder.exports = (0..<identity.exportCount).map { code + UInt32(4 * $0) }
    return builder.build()
  }
}
