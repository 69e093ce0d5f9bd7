import Foundation
import HotReloadLoader
import Testing

/// The ESP-IDF of this computer.
private enum ESPIDF {
  /// Its `components`, if IDF_PATH names one.
  static let components: URL? = {
    guard let path = ProcessInfo.processInfo.environment["IDF_PATH"] else { return nil }
    let folder = URL(filePath: path).appending(path: "components")
    let sample = folder.appending(path: "soc/esp32c3/include/soc/soc.h")
    return FileManager.default.fileExists(atPath: sample.path) ? folder : nil
  }()

  /// The text of a file; nil if this version has none.
  static func text(of path: String) throws -> String? {
    let file = try #require(components).appending(path: path)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    return try String(contentsOf: file, encoding: .utf8)
  }
}

/// The memory maps of ESP-IDF's `soc/soc.h` and the numbers of its `esp_app_format.h` are those of `Chip`.
@Suite(.enabled(if: ESPIDF.components != nil, "IDF_PATH names no ESP-IDF"))
struct ESPIDFChipTests {
  private static let chips = (0..<Chip.count).map { "\(Chip.at($0).name)" }
    .filter { $0.hasPrefix("esp") }

  @Test(arguments: chips)
  func hasTheMemoryMap(name: String) throws {
    // A version that is older than the chip has none.
    guard let text = try ESPIDF.text(of: "soc/\(name)/include/soc/soc.h") else { return }
    let chip = try Self.chip(name)
    let defines = Self.numbers(in: text)
    let (data, code) =
      chip.placement == .split ? ("SOC_DRAM", "SOC_IRAM") : ("SOC_DIRAM_DRAM", "SOC_DIRAM_IRAM")
    #expect(chip.dataBus.start == defines["\(data)_LOW"])
    #expect(chip.dataBus.end == defines["\(data)_HIGH"])
    #expect(chip.instructionBus.start == defines["\(code)_LOW"])
    #expect(chip.instructionBus.end == defines["\(code)_HIGH"])
    // ESP32 has external RAM that cannot be executed.
    if chip.placement == .split { return }
    #expect(
      chip.externalMemory?.data.start
        == (defines["SOC_EXTRAM_DATA_LOW"] ?? defines["SOC_EXTRAM_LOW"]))
    #expect(
      chip.externalMemory?.data.end
        == (defines["SOC_EXTRAM_DATA_HIGH"] ?? defines["SOC_EXTRAM_HIGH"]))
  }

  @Test(arguments: chips)
  func hasTheNumber(name: String) throws {
    let path = "bootloader_support/include/esp_app_format.h"
    let text = try #require(try ESPIDF.text(of: path))
    let pattern = try Regex<(Substring, Substring)>("ESP_CHIP_ID_\(name.uppercased()) *= *(\\w+)")
    // A version that is older than the chip has none; one as old as its samples has theirs, too.
    let numbers = text.matches(of: pattern).map { Self.number($0.1) }
    let id = UInt32(try Self.chip(name).id)
    #expect(numbers.isEmpty || numbers.contains(id), "\(numbers)")
  }

  private static func chip(_ name: String) throws -> Chip {
    let codes = Array(name.utf8)
    let found = Chip.named(codes.span)
    return try #require(found)
  }

  /// The macros of a header that stand for a number.
  private static func numbers(in text: String) -> [Substring: UInt32] {
    let defines = text.matches(of: #/(?m)^#define +(\w+) +(0x[0-9A-Fa-f]+|[0-9]+)\b/#)
    return Dictionary(defines.map { ($0.1, number($0.2) ?? 0) }) { first, _ in first }
  }

  private static func number(_ text: Substring) -> UInt32? {
    text.hasPrefix("0x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text)
  }
}
