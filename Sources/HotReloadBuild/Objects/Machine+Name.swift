import HotReloadELF
import HotReloadLoader

extension Machine {
  /// What people call it.
  public var name: String {
    switch self {
    case .riscv: "RISC-V"
    case .xtensa: "Xtensa"
    default: "machine \(rawValue)"
    }
  }
}

extension InstructionSet {
  /// `e_machine` of its files.
  var machine: Machine {
    switch self {
    case .riscv: .riscv
    case .xtensa: .xtensa
    }
  }
}
