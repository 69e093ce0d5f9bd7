import TestImages

/// A board whose QEMU counts instructions, and has images in its RAM.
package enum CountingBoard {
  /// Board descriptor: that of a board with more arguments for QEMU.
  ///
  /// - Parameters:
  ///   - text: its board.toml.
  ///   - requests: a file with `requests(for:)`.
  /// - Returns: nil if the text has no arguments.
  package static func descriptor(_ text: String, requests: String) -> String? {
    let opening = "\narguments = [\n"
    guard let place = text.firstRange(of: opening) else { return nil }
    // Physical addresses; Benchmarks/Firmware/main.c has what the firmware sees.
    let address = text.contains("qemu-system-xtensa") ? "0x01000000" : "0x81000000"
    let more = """
        "-icount", "shift=7",
        "-device", "loader,file=\(requests),addr=\(address),force-raw=on",

      """
    return text[..<place.upperBound] + more + text[place.upperBound...]
  }

  /// What the firmware finds in its RAM: images, each behind its size and whether it goes through the flash, in units
  /// of 16 bytes.
  package static func requests(for images: [(bytes: [UInt8], isStored: Bool)]) -> [UInt8] {
    var file: [UInt8] = []
    for image in images {
      file += [UInt8](words: [UInt32(image.bytes.count), image.isStored ? 1 : 0, 0, 0])
      file += image.bytes
      file += [UInt8](repeating: 0, count: -image.bytes.count & 15)
    }
    return file + [UInt8](repeating: 0, count: 16)
  }
}
