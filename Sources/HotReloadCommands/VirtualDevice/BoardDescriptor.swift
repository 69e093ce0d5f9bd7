import SystemPackage
import TOMLKit

/// `board.toml`: how a virtual board is started.
struct BoardDescriptor: Equatable, Sendable {
  static let fileName = "board.toml"

  /// One flash partition of the board.
  struct Partition: Equatable, Sendable {
    /// 1 to 16 bytes.
    var label: String
    /// Bytes from the beginning of the flash, a multiple of `eraseSize`.
    var offset: Int
    /// Bytes, a multiple of `eraseSize`.
    var size: Int
    /// Bytes of one erase unit, a power of two.
    var eraseSize: Int
  }

  /// A chip that the emulator can be.
  struct Chip: Equatable, Sendable {
    /// As ESP-IDF and build plans name it.
    var name: String
    /// More arguments of the emulator: what is different from other chips.
    var arguments: [String]
  }

  /// What arguments may ask for.
  enum Placeholder: String, CaseIterable {
    case firmware, socket, flash
  }

  /// The board's name.
  var name: String
  /// The emulator, as found in `PATH`.
  var program: String
  /// With placeholders: `{firmware}`, `{socket}`, `{flash}`.
  var arguments: [String]
  /// Bytes of the flash file.
  var flashSize: Int
  /// On the console once the HTTP server answers.
  var ready: String?
  /// RISC-V unless the description says otherwise.
  var instructionSet: InstructionSet
  /// None unless the description says otherwise.
  var framing: Framing
  var partitions: [Partition]
  /// What `--chip` may name; the first is the default. Without any, the board is what it is.
  var chips: [Chip]

  /// Reads a board's description; `path` is for messages.
  ///
  /// - Throws: what is missing or wrong, naming the key.
  init(_ text: String, path: FilePath) throws(CommandFailure) {
    let table = try TOMLText.table(text, path)
    func require<Value>(_ value: Value?, _ key: String) throws(CommandFailure) -> Value {
      guard let value else { throw CommandFailure(.usage, "\(path): '\(key)' is missing") }
      return value
    }
    name = try require(TOMLText.string(table, "name", path), "name")
    program = try require(TOMLText.string(table, "program", path), "program")
    arguments = try require(TOMLText.strings(table, "arguments", path), "arguments")
    flashSize = try require(TOMLText.integer(table, "flash_size", path), "flash_size")
    ready = try TOMLText.string(table, "ready", path)
    instructionSet = try TOMLText.choice(table, "instruction_set", path) ?? .riscv
    framing = try TOMLText.choice(table, "framing", path) ?? .none
    guard flashSize > 0 else {
      throw CommandFailure(.usage, "\(path): 'flash_size' must be more than 0, not \(flashSize)")
    }
    (partitions, chips) = ([], [])
    for entry in try TOMLText.tables(table, "partitions", path) {
      let partition = Partition(
        label: try require(TOMLText.string(entry, "label", path), "partitions.label"),
        offset: try require(TOMLText.integer(entry, "offset", path), "partitions.offset"),
        size: try require(TOMLText.integer(entry, "size", path), "partitions.size"),
        eraseSize: try require(
          TOMLText.integer(entry, "erase_size", path), "partitions.erase_size"))
      try check(partition, path)
      partitions.append(partition)
    }
    for entry in try TOMLText.tables(table, "chips", path) {
      let chip = Chip(
        name: try require(TOMLText.string(entry, "name", path), "chips.name"),
        arguments: try require(TOMLText.strings(entry, "arguments", path), "chips.arguments"))
      guard !chips.contains(where: { $0.name == chip.name }) else {
        throw CommandFailure(.usage, "\(path): chip '\(chip.name)' is there twice")
      }
      chips.append(chip)
    }
    try checkPlaceholders(path)
  }

  private func check(_ partition: Partition, _ path: FilePath) throws(CommandFailure) {
    func refuse(_ problem: String) -> CommandFailure {
      CommandFailure(.usage, "\(path): partition '\(partition.label)' \(problem)")
    }
    guard (1...16).contains(partition.label.utf8.count) else {
      throw refuse("needs a label of 1 to 16 bytes")
    }
    guard partition.eraseSize > 0, partition.eraseSize.nonzeroBitCount == 1 else {
      throw refuse("needs an erase_size that is a power of two, not \(partition.eraseSize)")
    }
    guard partition.offset >= 0, partition.size > 0, partition.size <= flashSize,
      partition.offset <= flashSize - partition.size
    else { throw refuse("does not lie within the flash of \(flashSize) bytes") }
    guard partition.offset % partition.eraseSize == 0, partition.size % partition.eraseSize == 0
    else { throw refuse("does not consist of whole erase units of \(partition.eraseSize) bytes") }
    for other in partitions {
      guard other.label != partition.label else { throw refuse("is there twice") }
      guard
        partition.offset >= other.offset + other.size
          || other.offset >= partition.offset + partition.size
      else { throw refuse("overlaps '\(other.label)'") }
    }
  }

  private func checkPlaceholders(_ path: FilePath) throws(CommandFailure) {
    for placeholder in Placeholder.allCases
    where !arguments.contains(where: { $0.contains("{\(placeholder.rawValue)}") }) {
      throw CommandFailure(.usage, "\(path): 'arguments' do not mention {\(placeholder.rawValue)}")
    }
  }

  /// The chip of this name; without a name, the board's default.
  ///
  /// - Throws: if the emulator cannot be this chip, naming those that it can be.
  func chip(named name: String?) throws(CommandFailure) -> Chip? {
    guard let name else { return chips.first }
    if let chip = chips.first(where: { $0.name == name }) { return chip }
    let known = chips.map(\.name).joined(separator: ", ")
    throw CommandFailure(
      .usage, "the board '\(self.name)' cannot be the chip '\(name)'",
      hint: chips.isEmpty ? "it has no chips to choose from" : "it can be \(known)")
  }

  /// The arguments for a chip, with their placeholders filled in.
  func arguments(chip: Chip?, firmware: FilePath, socket: FilePath, flash: FilePath) -> [String] {
    // QEMU's option lists are separated by commas; a comma in a value is written twice.
    func escaped(_ path: FilePath) -> String { path.string.replacing(",", with: ",,") }
    return (arguments + (chip?.arguments ?? [])).map { argument in
      let paths = [("{firmware}", firmware), ("{socket}", socket), ("{flash}", flash)]
      if let whole = paths.first(where: { $0.0 == argument }) { return whole.1.string }
      return paths.reduce(argument) { $0.replacing($1.0, with: escaped($1.1)) }
    }
  }
}
