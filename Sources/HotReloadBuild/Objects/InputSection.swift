import HotReloadELF

/// A section of an object file that becomes part of the module's memory.
struct InputSection: Hashable, Sendable {
  /// Where it goes. What decides is what the section is (gABI, "Sections"), not what it is called.
  enum Place: Sendable {
    /// `SHF_EXECINSTR`.
    case code
    /// Neither written nor executed. Lies in the data region: not every chip reads bytes from its code.
    case constants
    /// `SHF_WRITE`.
    case data
    /// `SHT_NOBITS`: not in the file.
    case zeros
  }

  let name: String
  let place: Place

  /// The section, nil if it takes no memory of the chip.
  ///
  /// - Parameter path: names the object in messages.
  /// - Throws: `unsupportedSection` for what a module cannot have; `unusableName`.
  init?(_ header: SectionHeader, name: String, path: String) throws(BuildFailure) {
    guard header.flags.isAllocated, !LinkerScriptGenerator.discards(name) else { return nil }
    if let refusal = SectionRefusal(of: name) { throw refusal.failure(name, path) }
    guard !(header.flags.isWritable && header.flags.isExecutable) else {
      throw SectionRefusal.writtenAndExecuted.failure(name, path)
    }
    self.init(
      name: try GeneratedText.quotable(name),
      place: header.flags.isExecutable
        ? .code : header.type == .noBits ? .zeros : header.flags.isWritable ? .data : .constants)
  }

  init(name: String, place: Place) {
    self.name = name
    self.place = place
  }

  /// Whether the linker defines `__start_<name>` and `__stop_<name>` for it.
  var hasBounds: Bool { Self.isIdentifier(name) }

  /// Whether `name` is an identifier of C.
  static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}

/// A section that would silently lose what its name promises.
private enum SectionRefusal: CaseIterable {
  case rtcMemory
  case notInitialized
  case startUpCode
  case writtenAndExecuted

  /// The refusal that the section's name alone deserves.
  init?(of name: String) {
    let refusal = Self.allCases.first { refusal in
      refusal.prefixes.contains { name == $0 || name.hasPrefix($0 + ".") }
    }
    guard let refusal else { return nil }
    self = refusal
  }

  private var prefixes: [String] {
    switch self {
    case .rtcMemory: [".rtc", ".rtc_noinit"]
    case .notInitialized: [".noinit", ".dram_noinit", ".ext_ram_noinit"]
    case .startUpCode: [".init", ".fini"]
    case .writtenAndExecuted: []
    }
  }

  private var reason: String {
    switch self {
    case .rtcMemory: "a module has no RTC memory (RTC_…_ATTR)"
    case .notInitialized: "every load initialises all of a module (…NOINIT_ATTR)"
    case .startUpCode: "code there is not run"
    case .writtenAndExecuted: "no memory is both written and executed"
    }
  }

  private var hint: String {
    switch self {
    case .rtcMemory:
      "HOTRELOAD_KEEP keeps a variable over a reload; what outlives deep sleep belongs into the firmware"
    case .notInitialized:
      "HOTRELOAD_KEEP keeps a variable over a reload; what outlives a restart belongs into the firmware"
    case .startUpCode: "use __attribute__((constructor)), or HOTRELOAD_ON_LOAD"
    case .writtenAndExecuted: "put code and data into sections of their own"
    }
  }

  func failure(_ section: String, _ path: String) -> BuildFailure {
    BuildFailure(
      .buildFailed, .unsupportedSection, "\(path) has a section '\(section)': \(reason)",
      hint: hint)
  }
}
