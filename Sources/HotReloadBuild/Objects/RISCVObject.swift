import HotReloadELF

/// What relocations of RISC-V object files say of how the code was compiled (RISC-V ELF psABI, "Relocations").
enum RISCVObject {
  /// `R_RISCV_PCREL_HI20`.
  private static let pcRelativeHigh20: UInt8 = 23
  /// `R_RISCV_HI20`: half of an absolute address in code.
  private static let high20: UInt8 = 26
  /// `R_RISCV_TLS_GOT_HI20`, `R_RISCV_TLS_GD_HI20`, `R_RISCV_TPREL_HI20`, `R_RISCV_TLSDESC_HI20`: each
  /// access to a thread-local variable begins with one of them.
  private static let threadLocal: Set<UInt8> = [21, 22, 29, 62]

  /// - Throws: `threadLocal`, `notPositionIndependent`.
  static func check(
    _ relocations: [ObjectRelocation], path: String
  ) throws(BuildFailure) -> Set<NearReference> {
    var near: Set<NearReference> = []
    for relocation in relocations {
      let symbol = relocation.symbol
      switch relocation.type {
      case _ where threadLocal.contains(relocation.type):
        throw ObjectFile.threadLocal(symbol.name, path)
      case high20 where symbol.symbol.section != .absolute:
        throw ObjectFile.notPositionIndependent(path, symbol.name)
      case pcRelativeHigh20 where !symbol.symbol.isDefined:
        near.insert(NearReference(symbol: symbol.name, way: .distance))
      default: break
      }
    }
    return near
  }
}
