/// Writes `module.ld`: the linker script that places a module as the chip has it, data at 0 and code behind
/// it at the distance between the chip's two buses (docs/MODULE-FORMAT.md, "Regions and the load address").
public enum LinkerScriptGenerator {
  /// Where sections go that only the host needs: no module reaches this far.
  static let hostRegion: UInt32 = 0xE000_0000

  private static let moduleSections: Set = [
    ".rodata", ".init_array", ".fini_array", ".data", ".hotreload.keep", ".bss", ".text",
  ]
  private static let hostSections: Set = [
    ".dynamic", ".dynsym", ".hash", ".dynstr", ".rela.dyn", ".relr.dyn",
  ]

  /// Whether the script puts a section of this name at this address. Linkers put others where they
  /// like, be it where nothing is sent to the chip.
  static func places(_ section: String, at address: UInt32) -> Bool {
    (address < hostRegion ? moduleSections : hostSections).contains(section)
  }

  /// - Parameter executableOffset: what the chip adds to a data address to execute it.
  public static func text(executableOffset: UInt32) -> String {
    """
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
      . = 0;
      .rodata : {
        *(.rodata .rodata.* .srodata .srodata.* .gnu.linkonce.r.*)
      } :data
      .init_array : {
        KEEP(*(.preinit_array .preinit_array.*))
        KEEP(*(SORT_BY_INIT_PRIORITY(.init_array.*)))
        KEEP(*(.init_array))
      } :data
      .fini_array : {
        KEEP(*(SORT_BY_INIT_PRIORITY(.fini_array.*)))
        KEEP(*(.fini_array))
      } :data
      .data : {
        *(.data.rel.ro .data.rel.ro.* .got .got.plt .igot.plt)
        *(.sdata .sdata.* .data .data.* .gnu.linkonce.d.* .dram1 .dram1.*)
      } :data
      .hotreload.keep : { *(.hotreload.keep) } :data
      .bss : {
        *(.sbss .sbss.* .bss .bss.* .gnu.linkonce.b.* .noinit .noinit.* COMMON)
      } :data
      . = 0x\(Hexadecimal.text(executableOffset)) + ALIGN(., 16);
      .text : ALIGN(4) {
        *(.text .text.* .gnu.linkonce.t.* .iram1 .iram1.* .plt .plt.* .iplt)
      } :code
      . = 0x\(Hexadecimal.text(hostRegion));
      .dynamic : { *(.dynamic) } :host :dynamic
      .dynsym : { *(.dynsym) } :host
      .hash : { *(.hash .gnu.hash) } :host
      .dynstr : { *(.dynstr) } :host
      .rela.dyn : { *(.rela .rela.*) } :host
      .relr.dyn : { *(.relr.dyn) } :host
      /DISCARD/ : {
        *(.comment .note .note.* .eh_frame .eh_frame.* .eh_frame_hdr .gcc_except_table .gcc_except_table.*)
        *(.riscv.attributes .gnu.version .gnu.version_* .interp .swift_modhash .swift1_autolink_entries)
      }
    }

    """
  }
}
