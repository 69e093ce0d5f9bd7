import HotReloadLoader
import HotReloadPort
import HotReloadServer

extension Runtime {
  /// Empties all symbol tables and frees the modules. Throws `nothingLoaded`.
  public mutating func unload() throws(RuntimeError) {
    try unload(tables: .max)
  }

  /// Empties the symbol table of one partition and frees its module. Throws `noSymbolTable`, `nothingLoaded`.
  public mutating func unload(_ label: PartitionLabel) throws(RuntimeError) {
    try unload(tables: LoadRequest.bit(try index(of: label)))
  }

  /// Unloads those of `tables` that are loaded, at a safe point: bit n stands for table n.
  @inline(never)
  private mutating func unload(tables: UInt32) throws(RuntimeError) {
    var going: UInt32 = 0
    for index in 0..<countTables() where modules[index].isLoaded {
      going |= tables & LoadRequest.bit(index)
    }
    guard going != 0 else { throw .nothingLoaded }
    do throws(RuntimeError) {
      try verifySafePoint(going)
      // One may call another one's functions when it lets go: all of them are told before the first slot is emptied.
      tell(going, .unload, UnloadReason.final.rawValue)
      do throws(RuntimeError) { _ = try stopTasks(outside: going) } catch {
        tell(going, .load, LoadReason.restored.rawValue)
        throw error
      }
    } catch {
      report(error, of: RawSpan())
      throw error
    }
    for index in 0..<countTables() where going & LoadRequest.bit(index) != 0 {
      let table = table(index)
      for slot in 0..<table.count { table.emptySlot(slot) }
      modules[index].isLoaded = false
      modules[index].module.isOnTrial = false
      images[index].isRunning = false
      swap(&current[index], &next[index])
    }
    resumeTasks()
    retire()
    attend()
  }

  /// Destroys and frees the modules that were replaced or unloaded: no slot leads to them any more.
  @inline(never)
  mutating func retire() {
    for index in 0..<countTables() where next[index].isPresent {
      destroy(index)
      discard(index)
    }
  }

  /// The end of a module in `next` that has run: what it leaves behind may still be called.
  @inline(never)
  mutating func destroy(_ index: Int) {
    call(next[index].lifecycle, .destruct)
    freed[freedCount & 3] = FreedCode(
      code: next[index].code, build: next[index].build, module: UInt8(truncatingIfNeeded: index))
    freedCount &+= 1
  }

  /// Frees what is in `next`, and leaves nothing in its code that runs.
  @inline(never)
  mutating func discard(_ index: Int) {
    if !firmware.keepsFreedCode {
      next[index].code.fillWithTraps(&memory)
      memory.synchronize(next[index].blocks.executed)
    }
    free(next[index].blocks)
    next[index] = ModuleMemory()
  }
}
