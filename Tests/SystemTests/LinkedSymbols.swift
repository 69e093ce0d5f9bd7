import HotReloadELF
import Testing

/// Functions and variables of a linked file by name; of several with one name, one.
struct LinkedSymbols {
  private(set) var all: [String: Symbol] = [:]

  init(_ bytes: [UInt8]) throws {
    // Safety: UInt8 has no padding, so every byte is initialised.
    let file = try ELFFile(unsafe bytes.span.bytes)
    let section = try #require(try file.section(ofType: .symbolTable))
    let table = try file.symbolTable(section)
    for index in 0..<table.count {
      let symbol = try table.symbol(at: index)
      guard symbol.type == .function || symbol.type == .object, symbol.isDefined else { continue }
      let name = try table.name(of: symbol)
      let text = unsafe name.bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
      all[text] = symbol
    }
  }
}
