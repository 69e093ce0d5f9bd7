/// Writes `hotreload_firmware.c`: what the firmware has to know about itself. The board's
/// `hotreload_port_firmware()` relies on these three names.
public enum FirmwareSourceGenerator {
  /// - Parameters:
  ///   - key: 32 bytes.
  ///   - chip: `esp_chip_id_t`.
  public static func text(key: [UInt8], chip: UInt16, version: String) -> String {
    var text = """
      // \(GeneratedText.notice) Contains the secret upload key.
      #include <stdint.h>

      extern const uint8_t hotreload_key[32];
      extern const uint16_t hotreload_chip;
      extern const char hotreload_version[];

      const uint8_t hotreload_key[32] = {

      """
    for row in stride(from: 0, to: key.count, by: 8) {
      let bytes = key[row..<min(row + 8, key.count)].map { "0x\(Hexadecimal.text([$0]))," }
      text += "    \(bytes.joined(separator: " "))\n"
    }
    return text + """
      };
      const uint16_t hotreload_chip = \(chip);
      const char hotreload_version[] = \(GeneratedText.literal(version));

      """
  }
}
