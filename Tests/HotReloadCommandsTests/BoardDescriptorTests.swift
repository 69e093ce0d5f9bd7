import SystemPackage
import Testing

@testable import HotReloadCommands

@Suite struct BoardDescriptorTests {
  static let good = """
    name = "qemu-riscv32"
    program = "qemu-system-riscv32"
    arguments = ["-bios", "{firmware}", "-drive", "file={flash},x", "-chardev", "port={port}"]
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

  @Test func readsTheBoardOfThisRepository() throws {
    let root = FilePath("\(#filePath)").removingLastComponent().removingLastComponent()
      .removingLastComponent()
    let path = root.pushing("Boards/qemu-riscv32/board.toml")
    let board = try BoardDescriptor(
      String(decoding: InputFile.read(path), as: UTF8.self), path: path)
    #expect(board.partitions.contains { $0.label == "hotreload" })
  }

  @Test func fillsInPlaceholdersAndDoublesCommasInLists() throws {
    #expect(
      try parse(Self.good).arguments(firmware: "/a,b.elf", port: 81, flash: "/f,g.bin") == [
        "-bios", "/a,b.elf", "-drive", "file=/f,,g.bin,x", "-chardev", "port=81",
      ])
  }

  @Test func partitionsAndReadyAreOptional() throws {
    let head = try #require(Self.good.split(separator: "[[").first)
    let board = try parse(String(head).replacing("ready = \"listening\"", with: ""))
    #expect(board.partitions.isEmpty)
    #expect(board.ready == nil)
  }

  @Test(arguments: [
    ("name = \"qemu-riscv32\"", "", "'name' is missing"),
    ("program = \"qemu-system-riscv32\"", "program = 3", "'program' must be a string"),
    ("flash_size = 33554432", "", "'flash_size' is missing"),
    ("flash_size = 33554432", "flash_size = 0", "'flash_size'"),
    ("flash_size = 33554432", "flash_size = \"1\"", "'flash_size' must be an integer"),
    ("flash_size = 33554432", "flash_size = 600000", "'second' does not lie within"),
    ("file={flash}", "file=x", "{flash}"),
    ("port={port}", "port=1", "{port}"),
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
  ])
  func namesWhatIsWrong(old: String, new: String, problem: String) {
    let text = Self.good.replacing(old, with: new)
    #expect(text != Self.good)
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
