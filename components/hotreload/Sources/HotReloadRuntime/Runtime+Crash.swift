import HotReloadPort
import HotReloadServer

// A firmware that crashes. Whatever the runtime is in the middle of, this reads a few words of it, takes no lock and
// writes the retained bytes.

extension Runtime {
  /// Leaves a note for the next start and says in `line`, for people, which function of which module has to do with it. Returns
  /// whether a module is on trial.
  public mutating func crash(
    _ kind: CrashKind, cause: UInt32, pc: UInt32, returnAddress: UInt32, _ line: inout TextWindow
  ) -> Bool {
    let onTrial = modulesOnTrial()
    // What led to the crash may have said more already.
    guard !trial.isCrashNoted else { return onTrial != 0 }
    var note = CrashNote(kind)
    note.cause = cause
    note.suspects = onTrial
    if let place = place(of: pc) ?? place(of: returnAddress) {
      note.isInModule = true
      append(place, to: &note.place)
      let suspect = UInt8(truncatingIfNeeded: LoadRequest.bit(place.module))
      if onTrial & suspect != 0 { note.suspects = suspect }
      line.append("in ")
      line.append(note.place.bytes)
      if let label = table(place.module).label {
        line.append(", module '")
        line.append(label.bytes.span.extracting(first: label.count))
        line.append("'")
      }
    } else {
      note.place = ShortText(pc == 0 ? "unknown code" : "firmware code")
    }
    accuse(&note)
    return onTrial != 0
  }

  /// A function was called while no module was loaded: the firmware is about to crash.
  public mutating func noteEmptySlot(_ symbol: Span<UInt8>) {
    var note = CrashNote(.emptySlot)
    note.suspects = modulesOnTrial()
    note.place.set(symbol)
    accuse(&note)
    trial.isCrashNoted = true
  }

  /// Leaves the note. What flash holds is not to blame for a module that runs from RAM.
  @inline(never)
  private mutating func accuse(_ note: inout CrashNote) {
    for index in 0..<countTables() where images[index].isRunning {
      let bit = UInt8(truncatingIfNeeded: LoadRequest.bit(index))
      if note.suspects & bit != 0 { note.isOfRAM = true }
      note.suspects &= ~bit
    }
    note.write(to: &system)
  }
}
