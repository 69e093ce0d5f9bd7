import SystemPackage
import Testing

/// A virtual device that the suite runs on: one of Boards/, as one of its chips. What a test has to know of it stands
/// here, and nowhere else.
///
/// Tests of what a device does have `arguments: Board.all`. Tests of what the tool and CMake do on the computer have no
/// board: `riscv32` stands for all, because nothing of a chip takes part.
struct Board: Sendable, CustomTestStringConvertible {
  /// The name of its folder, and of the chip that it is unless told otherwise.
  let name: String
  /// One of `chips` in its board.toml.
  var chip: String
  /// What compiles C and C++: for HOTRELOAD_COMPILER. Nil: what the board takes by itself.
  var compiler: String?
  /// How many calls Tests/Fixtures/Calls makes, and by what convention.
  var calls: String
  /// Bytes that its flash erases at a time.
  let eraseSize: Int
  /// A statement of C that ends in a trap, and what the console has to say then.
  var illegalInstruction: (statement: String, report: [String])

  /// Every board, as the chip of its name.
  static let all = [riscv32, xtensa]

  static let riscv32 = Board(
    name: "qemu-riscv32", chip: "qemu-riscv32", calls: "164 calls by ilp32",
    eraseSize: 256 << 10,
    illegalInstruction: (
      "__asm__ volatile(\"li a7, 0x5eed\\n unimp\" ::: \"a7\");",
      ["trap: illegal instruction", "scause 00000002  sepc ", "a7  00005eed"]
    ))

  static let xtensa = Board(
    name: "qemu-xtensa", chip: "qemu-xtensa", calls: "170 calls by windows", eraseSize: 64 << 10,
    illegalInstruction: (
      "__asm__ volatile(\"movi a7, 0x5eed\\n ill\" ::: \"a7\");",
      ["trap: IllegalInstruction", "exccause 00000000  epc1 ", "a7  00005eed"]
    ))

  /// The same board as another chip, by another compiler.
  func `as`(_ chip: String, by compiler: String? = nil, calls: String? = nil) -> Board {
    var board = self
    board.chip = chip
    board.compiler = compiler
    board.calls = calls ?? self.calls
    return board
  }

  var testDescription: String { compiler.map { "\(chip), \($0)" } ?? chip }

  /// For names of folders: no two boards of the suite have the same.
  var identifier: String { compiler.map { "\(chip)-\($0)" } ?? chip }

  var folder: FilePath { Repository.root.pushing("Boards").appending(name) }

  /// For CMake.
  var options: [String] {
    [
      "-DCMAKE_TOOLCHAIN_FILE=\(folder.appending("toolchain.cmake"))", "-DHOTRELOAD_CHIP=\(chip)",
    ] + (compiler.map { ["-DHOTRELOAD_COMPILER=\($0)"] } ?? [])
  }
}
