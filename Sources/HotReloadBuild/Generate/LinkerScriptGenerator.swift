import HotReloadLoader

/// Writes `module.ld`: the linker script that places a module as the chip has it (`ModuleRegions`).
public enum LinkerScriptGenerator {
  /// Where sections go that only the host needs: no module reaches this far.
  public static let hostRegion: UInt32 = 0xE000_0000

  /// Lists of pointers to functions, which the module's lifecycle function calls
  /// (components/hotreload/module/lifecycle.c): the name of the list in C, and its sections in their order.
  private static let lists: [(name: String, sections: [ListedSection])] = [
    (
      "constructors",
      [.byPriority(".preinit_array"), .byPriority(".init_array"), .byPriority(".ctors")]
    ),
    ("destructors", [.byPriority(".fini_array"), .byPriority(".dtors")]),
    ("on_load", [.plain(".hotreload.on_load")]),
    ("on_unload", [.plain(".hotreload.on_unload")]),
    ("migrate", [.plain(".hotreload.migrate")]),
  ]

  /// Input sections of a list.
  private enum ListedSection {
    /// One of this name.
    case plain(String)
    /// Those with a priority behind the name (gABI, "Initialization and Termination Functions"), the lowest first,
    /// then those without. In the names of `.ctors` and `.dtors` it is taken from 65,535, which linkers know.
    case byPriority(String)

    /// The names, for `matches`.
    var patterns: [String] {
      switch self {
      case .plain(let name): [name]
      case .byPriority(let name): [name, "\(name).*"]
      }
    }

    /// For the script.
    var inputs: [String] {
      switch self {
      case .plain(let name): ["*(\(name))"]
      case .byPriority(let name): ["*(SORT_BY_INIT_PRIORITY(\(name).*))", "*(\(name))"]
      }
    }
  }

  /// Whether an input section of this name belongs to a list: then the module needs its lifecycle function.
  static func isList(_ section: String) -> Bool {
    lists.contains { $0.sections.contains { matches(section, $0.patterns) } }
  }

  /// The output section of the lists.
  static let listSection = ".lists"

  /// What the script itself defines.
  static let definedSymbols = lists.flatMap { list in
    [Bound.begin, .end].map { symbol($0, of: list.name) }
  }

  private enum Bound: String { case begin, end }

  private static func symbol(_ bound: Bound, of list: String) -> String {
    "hotreload_\(list)_\(bound.rawValue)"
  }

  private static let moduleSections: Set = [
    ".rodata", listSection, ".data", KeptState.section, ".bss", ".text",
  ]
  private static let hostSections: Set = [
    ".dynamic", ".dynsym", ".hash", ".dynstr", ".rela.dyn", ".relr.dyn", ".got",
    ".got.loc",
  ]

  /// Sections that compilers name without being asked, by the part of a region that they go to. A `*` at
  /// the end stands for anything.
  private static let constants = [
    ".rodata", ".rodata.*", ".srodata", ".srodata.*", ".gnu.linkonce.r.*",
  ]
  private static let data = [
    ".data.rel.ro", ".data.rel.ro.*", ".got.plt", ".igot.plt", ".sdata", ".sdata.*", ".data",
    ".data.*", ".gnu.linkonce.d.*", ".dram1", ".dram1.*",
  ]
  private static let zeros = [
    ".sbss", ".sbss.*", ".bss", ".bss.*", ".gnu.linkonce.b.*", ".ext_ram.bss", ".ext_ram.bss.*",
  ]
  /// `.literal`: words that Xtensa's L32R loads. They have to precede the instruction (Xtensa ISA, "L32R"), and do:
  /// linkers keep the order of the objects.
  private static let code = [
    ".literal", ".literal.*", ".gnu.linkonce.literal.*",
    ".text", ".text.*", ".gnu.linkonce.t.*", ".iram1", ".iram1.*", ".plt", ".plt.*", ".iplt",
  ]

  /// For unwinders, tools and other loaders: nothing of it is read on the chip.
  private static let discarded = [
    ".comment", ".note", ".note.*", ".eh_frame", ".eh_frame.*", ".eh_frame_hdr",
    ".gcc_except_table", ".gcc_except_table.*", ".riscv.attributes", ".gnu.version",
    ".gnu.version_*", ".interp", ".swift_modhash", ".swift1_autolink_entries",
  ]

  /// Whether the module does without sections of this name.
  static func discards(_ section: String) -> Bool { matches(section, discarded) }

  /// Whether the script puts an output section of this name at this address. Linkers put others where they
  /// like, be it where nothing is sent to the chip.
  static func places(_ section: String, at address: UInt32) -> Bool {
    guard address < hostRegion else { return hostSections.contains(section) }
    return moduleSections.contains(section) || InputSection.isIdentifier(section)
  }

  /// The script of modules for `chip`, without what only one module has.
  public static func text(for chip: Chip) -> String { text(ModuleRegions(chip), sections: []) }

  /// The script of one module, whose objects have `sections`.
  static func text(_ regions: ModuleRegions, sections: Set<InputSection>) -> String {
    let own = OwnSections(sections)
    return """
      /* \(GeneratedText.notice) */
      PHDRS
      {
        data PT_LOAD FLAGS(6);
        code PT_LOAD FLAGS(5);
        host PT_LOAD FLAGS(4);
        dynamic PT_DYNAMIC FLAGS(4);
      }
      SECTIONS
      {
        . = \(dataAddress(regions));
        .rodata : {
      \(inputs(constants + own.names(.constants), isCode: false))
        } :data
        \(listSection) : {
      \(listText)
        } :data
        .data : {
      \(inputs(data + offsetTable(regions) + own.names(.data), isCode: false))
        } :data
        \(KeptState.section) : { *(\(KeptState.section)) } :data
      \(own.bounded(.constants) + own.bounded(.data))\
        .bss : {
      \(inputs(zeros + own.names(.zeros), isCode: false))
          *(COMMON)
        } :data
      \(own.bounded(.zeros))\
        . = \(codeAddress(regions));
        .text : ALIGN(4) {
      \(inputs(code + own.names(.code), isCode: true))
        } :code
      \(own.bounded(.code))\
        . = 0x\(Hexadecimal.text(hostRegion));
        .dynamic : { *(.dynamic) } :host :dynamic
        .dynsym : { *(.dynsym) } :host
        .hash : { *(.hash .gnu.hash) } :host
        .dynstr : { *(.dynstr) } :host
        .rela.dyn : { *(.rela .rela.*) } :host
        .relr.dyn : { *(.relr.dyn) } :host
        .got : { *(.got) } :host
        .got.loc : { *(.got.loc) } :host
        /DISCARD/ : {
          *(\(discarded.joined(separator: " ")))
        }
      }

      """
  }

  /// The global offset table of the module. Code for Xtensa does without. GNU ld makes one all the same, of one word for
  /// itself, and a table of all literals (`.got.loc`): they stay on the host.
  private static func offsetTable(_ regions: ModuleRegions) -> [String] {
    regions == .apart ? [] : [".got"]
  }

  private static func dataAddress(_ regions: ModuleRegions) -> String {
    switch regions {
    case .adjacent: "0"
    case .apart: "0x\(Hexadecimal.text(ModuleRegions.farData))"
    }
  }

  private static func codeAddress(_ regions: ModuleRegions) -> String {
    switch regions {
    case .adjacent(let executableOffset):
      "0x\(Hexadecimal.text(executableOffset)) + ALIGN(., 16)"
    case .apart: "0x\(Hexadecimal.text(ModuleRegions.farCode))"
    }
  }

  /// The input sections of these names, if their flags agree: a function in `.data.f` is code.
  private static func inputs(_ names: [String], isCode: Bool) -> String {
    let flags = isCode ? "SHF_EXECINSTR" : "!SHF_EXECINSTR"
    return "    INPUT_SECTION_FLAGS(\(flags)) *(\(names.joined(separator: " ")))"
  }

  private static var listText: String {
    lists.map { list in
      (["PROVIDE_HIDDEN(\(symbol(.begin, of: list.name)) = .);"]
        + list.sections.flatMap { $0.inputs }.map { "KEEP(\($0))" }
        + ["PROVIDE_HIDDEN(\(symbol(.end, of: list.name)) = .);"])
        .map { "    \($0)" }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private static func matches(_ name: String, _ patterns: [String]) -> Bool {
    patterns.contains { pattern in
      pattern.hasSuffix("*") ? name.hasPrefix(pattern.dropLast()) : name == pattern
    }
  }

  /// The sections that only this module has.
  private struct OwnSections {
    private let sections: [InputSection]

    init(_ sections: Set<InputSection>) {
      self.sections = sections.filter { section in
        let known = section.place == .code ? code : constants + data + zeros + [KeptState.section]
        return !matches(section.name, known) && !isList(section.name)
      }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// Those that join others.
    func names(_ place: InputSection.Place) -> [String] {
      sections.filter { $0.place == place && !$0.hasBounds }.map { "\"\($0.name)\"" }
    }

    /// Those whose beginning and end the program asks for, each an output section.
    func bounded(_ place: InputSection.Place) -> String {
      let region = place == .code ? "code" : "data"
      return sections.filter { $0.place == place && $0.hasBounds }.map {
        "  \($0.name) : { *(\($0.name)) } :\(region)\n"
      }.joined()
    }
  }
}
