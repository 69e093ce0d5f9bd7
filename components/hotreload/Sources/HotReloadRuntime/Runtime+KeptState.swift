import HotReloadELF
import HotReloadLoader
import HotReloadPort
import HotReloadServer

// The values of kept variables go from one module to the next (docs/MODULE-FORMAT.md, "kept variable").

extension Runtime {
  /// Gives the module in `next` the values of the one that runs, variable by variable of the same name. The old
  /// module is only read: whatever comes after, it has lost nothing.
  @inline(never)
  mutating func keepState(_ index: Int) {
    let new = next[index]
    var place = new.keptTable
    for _ in 0..<new.keptCount {
      let variable = KeptRecord(at: place, in: memory)
      if let old = runningRecord(named: variable.nameHash, index),
        !keep(
          variable, old, isWhole: current[index].contains(old.address, count: old.byteCount), new)
      {
        memory.setWord(variable.byteCount | Self.resetMark, at: place &+ 12)
      }
      place &+= KeptRecord.size
    }
  }

  /// Gives one variable its old value; false if it has to start anew.
  private mutating func keep(
    _ variable: KeptRecord, _ old: KeptRecord, isWhole: Bool, _ new: ModuleMemory
  ) -> Bool {
    // The old module could write to its records, as to everything.
    guard isWhole else { return false }
    if variable.layoutHash == old.layoutHash, variable.byteCount == old.byteCount {
      memory.copy(from: old.address, to: variable.address, count: old.byteCount)
      return true
    }
    guard new.lifecycle != 0 else { return false }
    return code.migrate(
      new.lifecycle,
      Migration(
        variable: variable.address, size: variable.byteCount, oldValue: old.address,
        oldSize: old.byteCount))
  }

  /// The record of a variable of the module that runs, nil if it has none of this name.
  private mutating func runningRecord(named nameHash: UInt32, _ index: Int) -> KeptRecord? {
    var place = current[index].keptTable
    for _ in 0..<current[index].keptCount {
      if memory.word(at: place) == nameHash { return KeptRecord(at: place, in: memory) }
      place &+= KeptRecord.size
    }
    return nil
  }

  /// Says which variables of a module that was just published start anew. Their names are in its image only.
  @inline(never)
  mutating func logResets(_ image: borrowing ModuleImage, _ index: Int) {
    for number in 0..<image.keptCount {
      let place = current[index].keptTable &+ number &* KeptRecord.size &+ 12
      let byteCount = memory.word(at: place)
      guard byteCount & Self.resetMark != 0 else { continue }
      memory.setWord(byteCount & ~Self.resetMark, at: place)
      var name = ByteView.empty
      do throws(LoaderError) { name = try image.keptName(at: number) } catch {
        // It was read before, for the record: somebody has written to the image since. The module is complete.
        system.log(.warning, RuntimeError.image(error).refusal, text: Span(_bytes: name.bytes))
      }
      system.log(
        .warning,
        Refusal(.internal, "kept variable '%s' starts anew: its size or layout has changed"),
        text: Span(_bytes: name.bytes))
    }
  }

  /// In the size of a record, from the hand-over to the log: the variable was not kept. No variable is that large.
  private static var resetMark: UInt32 { 1 &<< 31 }
}
