import HotReloadELF

extension ModuleImage {
  /// Checks all fixups, indexed exports and kept variables without memory, and that the chip has memory that the image
  /// was linked for. After it only a particular block of memory can be wrong.
  public func check() throws(LoaderError) {
    guard hasMemory else {
      throw .wrongExecutableOffset(found: executableOffset, expected: chipOffset)
    }
    var fixups = Fixups(self)
    while try fixups.next(in: self) != nil {}
    for index in 0..<exportCount {
      try checkExport(elf(tables.exports.word(at: index &* 4)))
    }
    for index in 0..<keptCount { _ = try kept(at: index) }
  }
}
