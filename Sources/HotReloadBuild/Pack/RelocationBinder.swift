import HotReloadELF

/// Applies the dynamic relocations of a module on the host: imports become addresses of the firmware; what
/// remains are lists of words to which a bias has to be added.
struct RelocationBinder {
  /// Addresses of firmware symbols.
  let firmware: [String: UInt32]
  /// Which object needs a symbol, for messages.
  let neededBy: [String: String]

  private(set) var data: SharedObject.Region?
  private(set) var code: SharedObject.Region
  private let machine: Machine
  private let symbols: [NamedSymbol]
  /// Words that hold an address of the module.
  private(set) var fixups = FixupLists()
  private var unresolved: Set<String> = []

  init(
    _ module: SharedObject, firmware: [String: UInt32], neededBy: [String: String]
  ) {
    machine = module.machine
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
      try put(0, at: address, isAddress: true, symbol: "", addingToWord: true)
    }
    guard unresolved.isEmpty else { throw unresolvedImports() }
  }

  private mutating func apply(_ relocation: RelocationEntry) throws(BuildFailure) {
    let addend = UInt32(bitPattern: relocation.addend)
    switch DynamicRelocation(relocation.type, of: machine) {
    case .none: return
    case .relative: try put(addend, at: relocation.offset, isAddress: true, symbol: "")
    case .word: try put(symbolOf: relocation, plus: addend)
    case .jumpSlot: try put(symbolOf: relocation, plus: 0)
    case .threadLocal:
      throw BuildFailure(
        .buildFailed, .threadLocal,
        "the module uses the thread-local variable '\(try name(relocation))'",
        hint: "a module has no thread-local storage: reach it through a firmware function")
    case .indirect:
      throw BuildFailure(
        .buildFailed, .unsupportedRelocation,
        "the module has an indirect function (ifunc): nothing on the chip resolves it",
        hint: "choose the implementation in an ordinary function")
    case .unsupported:
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

  /// Writes a word. GNU ld leaves addends for Xtensa in the words themselves (BFD's `partial_inplace`), and RELR has no
  /// other place for them.
  private mutating func put(
    _ value: UInt32, at address: UInt32, isAddress: Bool, symbol: String,
    addingToWord: Bool = false
  ) throws(BuildFailure) {
    let place = try place(of: address, symbol: symbol)
    let addends = addingToWord || machine == .xtensa ? word(at: place) : 0
    set(value &+ addends, at: place)
    guard isAddress else { return }
    let pointsToCode = try pointsToCode(value &+ addends, at: address, symbol: symbol)
    fixups.insert(address, pointsToCode: pointsToCode)
  }

  /// Whether a word of the module points into its code, if that matters.
  private func pointsToCode(
    _ word: UInt32, at address: UInt32, symbol: String
  ) throws(BuildFailure) -> Bool {
    guard machine == .xtensa else { return false }
    guard let isCode = ModuleRegions.isCode(word) else {
      throw BuildFailure(
        .buildFailed, .unsupportedRelocation,
        "the word at 0x\(Hexadecimal.text(address)) points to 0x\(Hexadecimal.text(word)), far from the "
          + "module's data and code" + (symbol.isEmpty ? "" : " (symbol '\(symbol)')"),
        hint:
          "add such a number to the address when the module runs; a symbol at a fixed address belongs into "
          + "the firmware")
    }
    return isCode
  }

  /// Where a word is in the file part of a region.
  private enum Place {
    case data(Int)
    case code(Int)
  }

  private func word(at place: Place) -> UInt32 {
    let bytes =
      switch place {
      case .data(let offset): data?.bytes[offset..<offset + 4] ?? []
      case .code(let offset): code.bytes[offset..<offset + 4]
      }
    return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private mutating func set(_ word: UInt32, at place: Place) {
    for byte in 0..<4 {
      let value = UInt8(truncatingIfNeeded: word >> UInt32(8 * byte))
      switch place {
      case .data(let offset): data?.bytes[offset + byte] = value
      case .code(let offset): code.bytes[offset + byte] = value
      }
    }
  }

  /// The place of the word at `address`: in data, or among the literals in Xtensa's code, where only aligned words can
  /// be written.
  private func place(of address: UInt32, symbol: String) throws(BuildFailure) -> Place {
    if let offset = code.offset(ofWordAt: address), machine == .xtensa, address % 4 == 0 {
      return .code(offset)
    }
    if code.contains(address) {
      throw BuildFailure(
        .buildFailed, .textRelocation,
        "code at 0x\(Hexadecimal.text(address)) would have to be patched"
          + (symbol.isEmpty ? "" : " for '\(symbol)'"),
        hint: machine == .xtensa
          ? "align words in code that hold addresses: .balign 4" : "compile the module with -fPIC")
    }
    guard let offset = data?.offset(ofWordAt: address) else {
      throw BuildFailure(
        .buildFailed, .unsupportedRelocation,
        "a relocation at 0x\(Hexadecimal.text(address)), outside the module's data"
          + (symbol.isEmpty ? "" : " (symbol '\(symbol)')"))
    }
    return .data(offset)
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

extension SharedObject.Region {
  /// Where the word at `address` begins in the file part; nil if it does not lie there.
  fileprivate func offset(ofWordAt address: UInt32) -> Int? {
    guard address >= self.address, bytes.count >= 4, address - self.address <= bytes.count - 4
    else { return nil }
    return Int(address - self.address)
  }
}
