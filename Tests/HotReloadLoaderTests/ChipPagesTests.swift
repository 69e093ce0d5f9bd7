import Foundation
import HotReloadLoader
import Testing

/// The first table of each page in docs/chips/ says what `Chip` says.
@Suite struct ChipPagesTests {
  /// The facts of one chip, by row.
  private typealias Facts = [String: String]

  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "docs/chips")

  static let pages = ["esp32c2-c3.md", "esp32c5-c6-c61-h2.md", "esp32p4.md", "esp32-s2-s3.md"]

  @Test(arguments: pages)
  func saysWhatTheLoaderHas(page: String) throws {
    let table = try Self.table(of: page)
    for (name, facts) in table {
      let codes = Array(name.utf8)
      let found = Chip.named(codes.span)
      let chip = try #require(found, "\(name)")
      #expect(facts == Self.facts(of: chip), "\(name)")
    }
  }

  @Test func everyChipOfESPIDFHasAPage() throws {
    let described = try Self.pages.flatMap { try Self.table(of: $0).keys }
    let chips = (0..<Chip.count).map { "\(Chip.at($0).name)" }
    #expect(described.sorted() == chips.filter { $0.hasPrefix("esp") }.sorted())
  }

  @Test func theIndexNamesEveryPage() throws {
    let index = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(files.sorted() == (Self.pages + ["README.md"]).sorted())
    for page in Self.pages { #expect(index.contains("(\(page))"), "\(page)") }
  }

  /// The columns of the first table of a page, by the chip's name.
  private static func table(of page: String) throws -> [String: Facts] {
    let text = try String(contentsOf: folder.appending(path: page), encoding: .utf8)
    let rows = text.split(separator: "\n")
      .drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }
      .map { row in row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
    let head = try #require(rows.first, "no table in \(page)")
    var table: [String: Facts] = [:]
    for (column, name) in head.enumerated().dropFirst() {
      // The line below the head has dashes only.
      for row in rows.dropFirst(2) {
        try #require(row.count == head.count, "\(page): \(row)")
        table[name.replacing("`", with: ""), default: [:]][row[0]] = row[column]
      }
    }
    return table
  }

  private static func facts(of chip: Chip) -> Facts {
    let isUnified = chip.dataBus == chip.instructionBus
    let external = chip.externalMemory.map { memory in
      let isPaged = memory.executableOffset == ExternalMemory.throughPages
      let execution = isPaged ? "through pages" : "offset \(text(memory.executableOffset))"
      return "\(text(memory.data)), \(execution)"
    }
    var facts = [
      "chip ID": "\(chip.id)",
      "data bus": text(chip.dataBus),
      "instruction bus": isUnified ? "as data" : text(chip.instructionBus),
      "cache line": chip.cacheLine == 1 ? "none" : "\(chip.cacheLine)",
      "external RAM": external ?? "none",
    ]
    switch chip.placement {
    case .oneBlock: facts["executable offset"] = text(chip.executableOffset)
    case .split: facts["executable offset"] = "two blocks"
    }
    if case .riscv(let floatABI) = chip.instructionSet {
      facts["float ABI"] = floatABI == .single ? "single" : "soft"
    }
    return facts
  }

  private static func text(_ range: AddressRange) -> String {
    "\(text(range.start))–\(text(range.end))"
  }

  private static func text(_ number: UInt32) -> String {
    number == 0 ? "0" : "0x" + String(number, radix: 16, uppercase: true)
  }
}
