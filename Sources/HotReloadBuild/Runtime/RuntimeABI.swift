/// What a runtime archive is compiled for: one archive serves all chips that share it. Its name is that of a folder
/// of components/hotreload/lib: `rv32imc-ilp32`, `xtensa-esp32`.
public struct RuntimeABI: Equatable, Sendable, CustomStringConvertible {
  /// The processor's instructions, and how arguments are passed.
  public enum InstructionSet: Equatable, Sendable {
    /// As `-march` and `-mabi` take them: `rv32imc`, `ilp32`.
    case riscv(architecture: String, callingConvention: String)
    /// The windowed calling convention on one core.
    case xtensa(XtensaCore)
  }

  /// The processor's instructions, and how arguments are passed.
  public let instructionSet: InstructionSet

  /// `<march>-<mabi>`, or `xtensa-<core>`.
  public var description: String {
    switch instructionSet {
    case .riscv(let architecture, let callingConvention): "\(architecture)-\(callingConvention)"
    case .xtensa(let core): Self.xtensaPrefix + core.rawValue
    }
  }

  /// Those that the chips of ESP-IDF need: archives of a release. Code for RV32IMC runs on the chips with more
  /// instructions, too.
  public static let released = [
    RuntimeABI(.riscv(architecture: "rv32imc", callingConvention: "ilp32")),
    RuntimeABI(.riscv(architecture: "rv32imafc", callingConvention: "ilp32f")),
    RuntimeABI(.xtensa(.esp32)), RuntimeABI(.xtensa(.esp32s2)), RuntimeABI(.xtensa(.esp32s3)),
  ]

  private static let xtensaPrefix = "xtensa-"

  init(_ instructionSet: InstructionSet) { self.instructionSet = instructionSet }

  /// Reads `<march>-<mabi>` or `xtensa-<core>`.
  ///
  /// - Throws: `unknownABI` unless Embedded Swift can be compiled for it.
  public init(_ text: String) throws(BuildFailure) {
    if text.hasPrefix(Self.xtensaPrefix) {
      guard let core = XtensaCore(rawValue: String(text.dropFirst(Self.xtensaPrefix.count))) else {
        throw Self.unknown(text)
      }
      self.init(.xtensa(core))
      return
    }
    guard let hyphen = text.lastIndex(of: "-") else { throw Self.unknown(text) }
    let architecture = text[..<hyphen]
    let callingConvention = text[text.index(after: hyphen)...]
    // RISC-V ELF psABI, "ABI List for RV32".
    guard ["ilp32", "ilp32f", "ilp32d"].contains(callingConvention),
      architecture.hasPrefix("rv32i") || architecture.hasPrefix("rv32g"),
      architecture.utf8.allSatisfy(Self.isPartOfName)
    else { throw Self.unknown(text) }
    self.init(
      .riscv(
        architecture: String(architecture), callingConvention: String(callingConvention)))
  }

  /// RISC-V ISA manual, "ISA Extension Naming Conventions".
  private static func isPartOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func unknown(_ text: String) -> BuildFailure {
    let cores = XtensaCore.allCases.map { xtensaPrefix + $0.rawValue }
    return BuildFailure(
      .other, .unknownABI, "there is no ABI '\(text)' that the runtime can be compiled for",
      hint: "say <march>-<mabi> as GCC has them, such as rv32imc-ilp32 or rv32imafc-ilp32f; or "
        + cores.dropLast().joined(separator: ", ") + " or \(cores.last ?? "")")
  }
}
