import HotReloadELF

extension BoardDescriptor {
  /// `instruction_set`: what the emulated core executes.
  enum InstructionSet: String, CaseIterable, Sendable {
    case riscv, xtensa

    /// `e_machine` of firmware.
    var machine: Machine {
      switch self {
      case .riscv: .riscv
      case .xtensa: .xtensa
      }
    }

    /// As people write it.
    var title: String {
      switch self {
      case .riscv: "RISC-V"
      case .xtensa: "Xtensa"
      }
    }
  }

  /// `framing`: how the two ends of `{socket}` tell connections apart.
  enum Framing: String, CaseIterable, Sendable {
    /// By the socket: the device sees when it is connected and when it is closed.
    case none
    /// By escape sequences among the bytes, where the device sees bytes only (docs/PORTING.md).
    case escaped
  }
}
