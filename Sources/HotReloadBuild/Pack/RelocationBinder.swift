import HotReloadELF

/// Applies the dynamic relocations of a module on the host: imports become addresses of the firmware; what
/// remains is a list of words to which the load address has to be added.
struct RelocationBinder {
  /// Addresses of firmware symbols.
  let firmware: [String: UInt32]
  /// Which object needs a symbol, for messages.
  let neededBy: [String: String]

  private(set) var data: SharedObject.Region?
  private let code: SharedObject.Region
  private let symbols: [NamedSymbol]
  /// Addresses of words that hold an address of the module.
  private(set) var fixups: Set<UInt32> = []
  private var unresolved: Set<String> = []

  /// Relocation types of linked files (RISC-V ELF psABI, "Relocations"). With S the symbol's value, A the
  /// addend and B the load address:
  private enum Kind {
    static let none: UInt8 = 0
    /// `R_RISCV_32`: S + A.
    static let word: UInt8 = 1
    /// `R_RISCV_RELATIVE`: B + A.
    static let relative: UInt8 = 3
    /// `R_RISCV_JUMP_SLOT`: S.
    static let jumpSlot: UInt8 = 5
    /// `R_RISCV_TLS_DTPMOD32` … `R_RISCV_TLS_TPREL64`.
    static let threadLocal: ClosedRange<UInt8> = 6...11
    /// `R_RISCV_IRELATIVE`: what the function at B + A returns.
    static let indirect: UInt8 = 58
  }

  init(
    _ module: SharedObject, firmware: [String: UInt32], neededBy: [String: String]
  ) {
    data = module.data
    code = module.code
    symbols = module.symbols
    self.firmware = firmware
    self.neededBy = neededBy
  }

  /// Applies all relocations of `module`.
  ///
  /// - Throws: `unresolvedImport` naming all of them, `textRelocation`, `threadLocal`,
  ///   `unsupportedRelocation`, `malformedELF`.
  mutating func bind(_ module: SharedObject) throws(BuildFailure) {
    for relocation in module.relocations { try apply(relocation) }
    for address in module.relativeAddresses {
      _ = try offset(of: address, symbol: "")
      fixups.insert(address)
    }
    guard unresolved.isEmpty else { throw unresolvedImports() }
  }

  private mutating func apply(_ relocation: RelocationEntry) throws(BuildFailure) {
    let addend = UInt32(bitPattern: relocation.addend)
    switch relocation.type {
    case Kind.none: return
    case Kind.relative: try put(addend, at: relocation.offset, isAddress: true, symbol: "")
    case Kind.word: try put(symbolOf: relocation, plus: addend)
    case Kind.jumpSlot: try put(symbolOf: relocation, plus: 0)
    case Kind.threadLocal:
      throw BuildFailure(
        .buildFailed, .threadLocal,
        "the module uses the thread-local variable '\(try name(relocation))'",
        hint: "a module has no thread-local storage: reach it through a firmware function")
    case Kind.indirect:
      throw BuildFailure(
        .buildFailed, .unsupportedRelocation,
        "the module has an indirect function (ifunc): nothing on the chip resolves it",
        hint: "choose the implementation in an ordinary function")
    default:
      throw BuildFailure(
        .buildFailed, .unsupportedRelocation,
        "a relocation of the unsupported type \(relocation.type) at "
          + "0x\(Hexadecimal.text(relocation.offset)) (symbol '\(try name(relocation))')")
    }
  }

  /// Own symbols move with the module, firmware symbols stay; a weak one that nobody defines is 0.
  private mutating func put(
    symbolOf relocation: RelocationEntry, plus addend: UInt32
  ) throws(BuildFailure) {
    let named = try symbol(relocation)
    let value: UInt32
    var isAddress = false
    if relocation.symbol == 0 {
      value = 0
    } else if named.symbol.isDefined {
      value = named.symbol.value
      isAddress = named.symbol.section != .absolute
    } else if let address = firmware[named.name] {
      value = address
    } else if named.symbol.binding == .weak {
      value = 0
    } else {
      unresolved.insert(named.name)
      return
    }
    try put(value &+ addend, at: relocation.offset, isAddress: isAddress, symbol: named.name)
  }

  private mutating func put(
    _ value: UInt32, at address: UInt32, isAddress: Bool, symbol: String
  ) throws(BuildFailure) {
    let offset = try offset(of: address, symbol: symbol)
    for byte in 0..<4 {
      data?.bytes[offset + byte] = UInt8(truncatingIfNeeded: value >> UInt32(8 * byte))
    }
    if isAddress { fixups.insert(address) }
  }

  /// Where the word at `address` lies in the data region's file part.
  private func offset(of address: UInt32, symbol: String) throws(BuildFailure) -> Int {
    if address >= code.address && address - code.address < code.memorySize {
      throw BuildFailure(
        .buildFailed, .textRelocation,
        "code at 0x\(Hexadecimal.text(address)) would have to be patched"
          + (symbol.isEmpty ? "" : " for '\(symbol)'"),
        hint: "compile the module with -fPIC")
    }
    guard let data, address >= data.address, data.bytes.count >= 4,
      address - data.address <= UInt32(data.bytes.count - 4)
    else {
      throw BuildFailure(
        .buildFailed, .unsupportedRelocation,
        "a relocation at 0x\(Hexadecimal.text(address)), outside the module's data"
          + (symbol.isEmpty ? "" : " (symbol '\(symbol)')"))
    }
    return Int(address - data.address)
  }

  private func symbol(_ relocation: RelocationEntry) throws(BuildFailure) -> NamedSymbol {
    guard relocation.symbol < symbols.count else {
      throw .malformed("module", .noSuchIndex(relocation.symbol))
    }
    return symbols[Int(relocation.symbol)]
  }

  private func name(_ relocation: RelocationEntry) throws(BuildFailure) -> String {
    try symbol(relocation).name
  }

  private func unresolvedImports() -> BuildFailure {
    let list = unresolved.sortedByBytes().map { name in
      "'\(name)'" + (neededBy[name].map { " (needed by \($0))" } ?? "")
    }
    return BuildFailure(
      .buildFailed, .unresolvedImport, "the firmware does not have \(list.joined(separator: ", "))",
      hint: MissingSymbolHint.text(for: unresolved.sortedByBytes())
        ?? "define it in the module or in the firmware; then rebuild the firmware and flash it")
  }
}
