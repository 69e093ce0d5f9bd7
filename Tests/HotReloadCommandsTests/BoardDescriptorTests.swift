import HotReloadLoader
import SystemPackage
import TOMLKit
import Testing

@testable import HotReloadCommands

@Suite struct BoardDescriptorTests {
  static let good = """
    name = "qemu-riscv32"
    program = "qemu-system-riscv32"
    arguments = ["-bios", "{firmware}", "-drive", "file={flash},x", "-chardev", "path={socket}"]
    flash_size = 33554432
    ready = "listening"

    [[partitions]]
    label = "hotreload"
    offset = 0
    size = 524288
    erase_size = 262144

    [[partitions]]
    label = "second"
    offset = 524288
    size = 524288
    erase_size = 262144
    """

  static let chips = """

    [[chips]]
    name = "qemu-riscv32"
    arguments = []

    [[chips]]
    name = "esp32c3"
    arguments = ["-cpu", "rv32,a=off"]
    """

  private func parse(_ text: String) throws(CommandFailure) -> BoardDescriptor {
    try BoardDescriptor(text, path: "/boards/b/board.toml")
  }

  @Test func readsABoard() throws {
    let board = try parse(Self.good)
    #expect(board.name == "qemu-riscv32")
    #expect(board.program == "qemu-system-riscv32")
    #expect(board.flashSize == 33_554_432)
    #expect(board.ready == "listening")
    #expect(
      board.partitions == [
        .init(label: "hotreload", offset: 0, size: 524_288, eraseSize: 262_144),
        .init(label: "second", offset: 524_288, size: 524_288, eraseSize: 262_144),
      ])
  }

  /// The boards of this repository.
  private static let boards = ["qemu-riscv32", "qemu-xtensa"]

  private static func path(_ board: String) -> FilePath {
    FilePath("\(#filePath)").removingLastComponent().removingLastComponent()
      .removingLastComponent().pushing(FilePath("Boards/\(board)/board.toml"))
  }

  private static func text(_ board: String) throws -> String {
    String(decoding: try InputFile.read(path(board)), as: UTF8.self)
  }

  @Test(arguments: boards)
  func readsTheBoardsOfThisRepository(name: String) throws {
    let board = try BoardDescriptor(Self.text(name), path: Self.path(name))
    #expect(board.name == name)
    #expect(board.partitions.contains { $0.label == "hotreload" })
    #expect(
      board.chips.map(\.name).sorted()
        == ChipName.all.filter {
          (ChipName.find($0)?.instructionSet == .xtensa) == (board.instructionSet == .xtensa)
        }.sorted())
    #expect(board.chips.first?.name == board.name)
  }

  /// toolchain.cmake builds firmware with these, the loader has a table of its own.
  @Test(arguments: boards)
  func theChipsOfThisRepositorysBoardsAreTheLoaders(board: String) throws {
    let path = Self.path(board)
    let table = try TOMLText.table(Self.text(board), path)
    for entry in try TOMLText.tables(table, "chips", path) {
      let name = try #require(try TOMLText.string(entry, "name", path))
      let chip = try #require(ChipName.find(name), "\(name)")
      let number = { key in
        UInt32(try #require(try TOMLText.integer(entry, key, path), "\(name): \(key)"))
      }
      let (data, code) = (try number("data_address"), try number("code_address"))
      let size = try number("memory_size")
      // Memory of its own for code, where there is such.
      let codeSize = try TOMLText.integer(entry, "code_size", path).map { UInt32($0) }
      #expect((codeSize != nil) == (chip.placement == .split), "\(name)")
      #expect(chip.dataBus.contains(data, count: size), "\(name)")
      #expect(chip.instructionBus.contains(code, count: codeSize ?? size), "\(name)")
      #expect(code &- data == chip.executableOffset, "\(name)")
      if chip.instructionSet == .xtensa { continue }
      let hasFloatRegisters = try TOMLText.string(entry, "mabi", path) == "ilp32f"
      #expect(chip.instructionSet == .riscv(hasFloatRegisters ? .single : .soft), "\(name)")
    }
  }

  @Test func fillsInPlaceholdersAndDoublesCommasInLists() throws {
    #expect(
      try parse(Self.good).arguments(
        chip: nil, firmware: "/a,b.elf", socket: "/s,t/http", flash: "/f,g.bin") == [
          "-bios", "/a,b.elf", "-drive", "file=/f,,g.bin,x", "-chardev", "path=/s,,t/http",
        ])
  }

  @Test func aChipAddsItsArguments() throws {
    let board = try parse(Self.good + Self.chips)
    let chip = try board.chip(named: "esp32c3")
    #expect(chip == .init(name: "esp32c3", arguments: ["-cpu", "rv32,a=off"]))
    let arguments = board.arguments(
      chip: chip, firmware: "/a.elf", socket: "/http", flash: "/f.bin")
    #expect(arguments.suffix(2) == ["-cpu", "rv32,a=off"])
    #expect(try board.chip(named: nil)?.name == "qemu-riscv32", "the first is the default")
  }

  @Test(arguments: [("", "no chips"), (chips, "it can be qemu-riscv32, esp32c3")])
  func aChipThatTheBoardCannotBeIsRefused(chips: String, hint: String) throws {
    let board = try parse(Self.good + chips)
    let error = #expect(throws: CommandFailure.self) { try board.chip(named: "esp32s3") }
    #expect(error?.message.contains("cannot be the chip 'esp32s3'") == true)
    #expect(error?.hint?.contains(hint) == true, "\(error?.hint ?? "")")
  }

  @Test func withoutChipsTheBoardIsWhatItIs() throws {
    #expect(try parse(Self.good).chip(named: nil) == nil)
  }

  @Test func partitionsAndReadyAreOptional() throws {
    let head = try #require(Self.good.split(separator: "[[").first)
    let board = try parse(String(head).replacing("ready = \"listening\"", with: ""))
    #expect(board.partitions.isEmpty)
    #expect(board.ready == nil)
    #expect(board.instructionSet == .riscv)
    #expect(board.framing == .none)
  }

  @Test func readsInstructionSetAndFraming() throws {
    let board = try parse("instruction_set = \"xtensa\"\nframing = \"escaped\"\n" + Self.good)
    #expect(board.instructionSet == .xtensa)
    #expect(board.framing == .escaped)
  }

  @Test(arguments: [
    ("name = \"qemu-riscv32\"", "", "'name' is missing"),
    ("program = \"qemu-system-riscv32\"", "program = 3", "'program' must be a string"),
    ("flash_size = 33554432", "", "'flash_size' is missing"),
    ("flash_size = 33554432", "flash_size = 0", "'flash_size'"),
    ("flash_size = 33554432", "flash_size = \"1\"", "'flash_size' must be an integer"),
    ("flash_size = 33554432", "flash_size = 600000", "'second' does not lie within"),
    ("ready = \"listening\"", "framing = 1", "'framing' must be a string"),
    ("ready = \"listening\"", "framing = \"slip\"", "'framing' cannot be \"slip\""),
    ("ready = \"listening\"", "instruction_set = \"arm\"", "'instruction_set' cannot be \"arm\""),
    ("file={flash}", "file=x", "{flash}"),
    ("path={socket}", "path=x", "{socket}"),
    ("\"{firmware}\"", "\"x\"", "{firmware}"),
    ("label = \"second\"", "label = \"hotreload\"", "is there twice"),
    ("label = \"second\"", "label = \"\"", "1 to 16 bytes"),
    ("label = \"second\"", "label = \"seventeen bytes x\"", "1 to 16 bytes"),
    ("offset = 524288", "offset = 262144", "overlaps 'hotreload'"),
    ("offset = 524288", "offset = 524289", "whole erase units"),
    ("offset = 524288", "offset = -524288", "does not lie within"),
    ("offset = 524288", "offset = 9223372036854775807", "does not lie within"),
    ("erase_size = 262144\n\n", "erase_size = 3\n\n", "power of two"),
    ("erase_size = 262144\n\n", "erase_size = 0\n\n", "power of two"),
    ("erase_size = 262144\n\n", "\n", "'partitions.erase_size' is missing"),
    ("name = \"qemu-riscv32\"", "name = ", "board.toml:1"),
    ("name = \"esp32c3\"", "", "'chips.name' is missing"),
    ("name = \"esp32c3\"", "name = \"qemu-riscv32\"", "'qemu-riscv32' is there twice"),
    ("arguments = []", "", "'chips.arguments' is missing"),
    ("arguments = []", "arguments = 1", "'arguments' must be an array of strings"),
  ])
  func namesWhatIsWrong(old: String, new: String, problem: String) {
    let good = Self.good + Self.chips
    let text = good.replacing(old, with: new)
    #expect(text != good)
    let error = #expect(throws: CommandFailure.self) { try parse(text) }
    #expect(error?.message.contains(problem) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("/boards/b/board.toml") == true)
  }

  @Test func isFoundByNameAndByFolder() throws {
    let world = try TestWorld()
    try world.write(Self.good, to: "elsewhere/b/board.toml")
    let context = world.context()
    let byName = try BoardDescriptor.find(
      "b", in: [world.path("nowhere"), world.path("elsewhere")], context: context)
    let byFolder = try BoardDescriptor.find("elsewhere/b", in: [], context: context)
    #expect(byName == byFolder)
    let error = #expect(throws: CommandFailure.self) {
      try BoardDescriptor.find("c", in: [world.path("elsewhere")], context: context)
    }
    #expect(error?.message.contains("no board 'c'") == true)
  }
}
