import HotReloadPort
import HotReloadSoftwareCrypto
import HotReloadStore
import Testing

@Suite struct `Slot header` {
  private let header = SlotHeader(
    length: 0x0403_0201, sequence: 0x0807_0605_0403_0201, digest: digest([1, 2, 3]))

  private func bytes(_ digest: SHA256Digest) -> [UInt8] {
    digest.bytes.indices.map { digest.bytes[$0] }
  }

  @Test func `is laid out as documented`() {
    let record = header.encoded(hasher: SoftwareSHA256.self)
    let fields: [UInt8] =
      Array("HRS1".utf8) + [1, 0, 96, 0, 1, 2, 3, 4, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]
      + [UInt8](repeating: 0, count: 8) + bytes(digest([1, 2, 3]))
    #expect(record.indices.map { record[$0] } == fields + bytes(digest(fields)))
  }

  @Test func `is flashed with the marks staged and confirmed, the rest erased`() {
    let record = header.encoded(hasher: SoftwareSHA256.self)
    let prefix = header.flashedPrefix(hasher: SoftwareSHA256.self)
    var expected = record.indices.map { record[$0] }
    expected += Array("hotreload markedhotreload marked".utf8)
    expected += [UInt8](repeating: 0xFF, count: 96)
    expected += Array("hotreload markedhotreload marked".utf8)
    expected += [UInt8](repeating: 0xFF, count: 256)
    #expect(prefix.indices.map { prefix[$0] } == expected)
  }

  @Test func `what the device writes is what a tool flashes, but for the mark confirmed`() throws {
    let image = image(1, count: 100)
    let device = NORFlash(eraseUnits: 2, eraseSize: 4096)
    let stored = try device.upload(image)
    #expect(device.bytes[224..<256].allSatisfy { $0 == 0xFF })
    try device.confirm(stored)

    let flashed = NORFlash(eraseUnits: 2, eraseSize: 4096)
    flashed.flash(image, sequence: 1)
    #expect(device.bytes == flashed.bytes)
    #expect(try flashed.current()?.isConfirmed == true)
  }
}
