/// What a runtime archive is compiled for: one archive serves all chips that share it. Its name is that of a folder
/// of components/hotreload/lib: `rv32imc-ilp32`.
public struct RuntimeABI: Equatable, Sendable, CustomStringConvertible {
  /// Instructions that the code may use, as `-march` takes them: `rv32imc`.
  public let architecture: String
  /// How arguments are passed, as `-mabi` takes it: `ilp32`.
  public let callingConvention: String

  /// `<march>-<mabi>`.
  public var description: String { "\(architecture)-\(callingConvention)" }

  /// Those that the chips of ESP-IDF need: archives of a release. Code for RV32IMC runs on the chips with more
  /// instructions, too.
  public static let released = [
    RuntimeABI(architecture: "rv32imc", callingConvention: "ilp32"),
    RuntimeABI(architecture: "rv32imafc", callingConvention: "ilp32f"),
  ]

  private init(architecture: String, callingConvention: String) {
    self.architecture = architecture
    self.callingConvention = callingConvention
  }

  /// Reads `<march>-<mabi>`.
  ///
  /// - Throws: `unknownABI` unless Embedded Swift can be compiled for it.
  public init(_ text: String) throws(BuildFailure) {
    guard let hyphen = text.lastIndex(of: "-") else { throw Self.unknown(text) }
    let architecture = text[..<hyphen]
    let callingConvention = text[text.index(after: hyphen)...]
    // RISC-V ELF psABI, "ABI List for RV32".
    guard ["ilp32", "ilp32f", "ilp32d"].contains(callingConvention),
      architecture.hasPrefix("rv32i") || architecture.hasPrefix("rv32g"),
      architecture.utf8.allSatisfy(Self.isPartOfName)
    else { throw Self.unknown(text) }
    self.init(
      architecture: String(architecture), callingConvention: String(callingConvention))
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
    BuildFailure(
      .other, .unknownABI, "there is no ABI '\(text)' that the runtime can be compiled for",
      hint: "say <march>-<mabi> as GCC has them, such as "
        + released.map { "\($0)" }.joined(separator: " or "))
  }

  /// Options of swiftc for Embedded Swift with this ABI, which every module of the runtime has.
  var options: [String] {
    [
      "-target", "riscv32-none-none-eabi", "-swift-version", "6", "-wmo", "-Osize",
      "-parse-as-library", "-enable-experimental-feature", "Embedded",
      "-enable-experimental-feature", "Lifetimes", "-enable-upcoming-feature", "ExistentialAny",
      "-enable-upcoming-feature", "MemberImportVisibility", "-strict-memory-safety",
      "-no-allocations", "-Werror", "EmbeddedRestrictions", "-Werror", "StrictMemorySafety",
      "-Xcc", "-march=\(architecture)", "-Xcc", "-mabi=\(callingConvention)",
      "-Xcc", "-ffreestanding",
      // No global offset table: ESP-IDF's linker scripts have no place for one.
      "-Xcc", "-fno-pic",
      "-Xfrontend", "-function-sections", "-Xfrontend", "-disable-stack-protector",
      // A tenth less code: registers are saved by libgcc's __riscv_save_*, repeated pieces are shared.
      "-Xcc", "-msave-restore", "-Xllvm", "-enable-machine-outliner=always",
      "-Xllvm", "-enable-linkonceodr-outlining",
    ]
  }
}
