import SystemPackage
import Testing

extension SystemTests {
  /// The machine code that compares digests and HMACs on the device: its time depends on no byte of theirs (F27).
  @Suite struct ConstantTimeTests {
    private static let function = "isEqualInConstantTime"

    private struct Instruction: CustomStringConvertible {
      var address: UInt64
      var mnemonic: String
      /// Registers, numbers and targets, in the order of the assembler: a result comes first.
      var operands: [String]

      var description: String { "\(mnemonic) \(operands.joined(separator: ", "))" }

      /// A line of objdump, LLVM's or GNU's; nil for what is none of an instruction.
      init?(_ line: Substring) {
        let fields = line.split(separator: "\t").map { $0.trimmingWhitespace() }
        guard let place = fields.first?.split(separator: ":").first,
          let address = UInt64(place, radix: 16),
          let first = fields.dropFirst().firstIndex(where: { UInt64($0, radix: 16) == nil })
        else { return nil }
        self.address = address
        mnemonic = String(fields[first])
        operands =
          fields.dropFirst(first + 1).first?.split(separator: ",")
          .map { String($0.trimmingWhitespace().prefix { !$0.isWhitespace && $0 != "(" }) } ?? []
      }

      /// `lbu` and `lb` (RISC-V), `l8ui` (Xtensa).
      var loadsByte: Bool { ["lbu", "lb", "l8ui"].contains(mnemonic) }

      /// Combines its sources bit by bit: where one is secret, the result is.
      var combines: Bool {
        mnemonic.hasPrefix("xor") || mnemonic.hasPrefix("or") || mnemonic.hasPrefix("and")
      }

      /// Where a conditional branch goes: `b…`, with a target behind its registers.
      var target: UInt64? {
        guard mnemonic.hasPrefix("b"), operands.count >= 2, let last = operands.last else {
          return nil
        }
        return UInt64(last.hasPrefix("0x") ? last.dropFirst(2) : last[...], radix: 16)
      }
    }

    private func instructions(on board: Board) async throws -> [Instruction] {
      let firmware = try await FirmwareProject.basic(on: board).firmware
      let names = try LinkedSymbols(FirmwareProject.bytes(of: firmware)).all.keys
        .filter { $0.contains(Self.function) }
      let name = try #require(names.first, "inlined: there is nothing to look at")
      let command =
        board.name == "qemu-xtensa"
        ? ["xtensa-lx106-elf-objdump", "-d", "--disassemble=\(name)"]
        : [
          try await CountedTools.toolchain().appending("llvm-objdump").string, "-d",
          "--disassemble-symbols=\(name)",
        ]
      let text = try await ChildProcess.succeed(command + [firmware.string]).output
      return text.split(separator: "\n").compactMap { Instruction($0) }
    }

    @Test(arguments: Board.all)
    func noBranchDependsOnAByteBeforeAllAreCompared(on board: Board) async throws {
      let code = try await instructions(on: board)
      let listing = code.map(\.description).joined(separator: "\n")
      try #require(code.count { $0.loadsByte } >= 2, "\(listing)")

      /// Registers that ever hold something of the digests.
      var secret = Set(code.filter(\.loadsByte).compactMap(\.operands.first))
      var count = 0
      while count != secret.count {
        count = secret.count
        for instruction in code
        where instruction.combines && !secret.isDisjoint(with: instruction.operands.dropFirst()) {
          secret.formUnion(instruction.operands.prefix(1))
        }
      }
      // Of a loop, up to where it goes back; what comes behind knows one bit, which is the result.
      let end =
        code.lastIndex { instruction in
          instruction.target.map { $0 >= code[0].address && $0 <= instruction.address } ?? false
        } ?? code.lastIndex { $0.loadsByte } ?? 0
      for instruction in code[...end] where instruction.target != nil {
        #expect(
          secret.isDisjoint(with: instruction.operands.dropLast()),
          "\(instruction) in\n\(listing)")
      }
    }
  }
}

extension StringProtocol {
  fileprivate func trimmingWhitespace() -> Substring {
    var rest = Substring(self)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
