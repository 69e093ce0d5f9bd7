import HotReloadPort
import HotReloadServer
import HotReloadStore

// A module that was stored and is not known to be good is on trial (docs/TRIAL.md):
//
//              first load                confirmed
//   staged ───────────────▶ on trial ───────────────▶ good
//                            │  ▲  │
//          restart for other │  │  │ crash, watchdog, fourth start
//          reasons           └──┘  └────────────────▶ bad: the one before it runs

extension Runtime {
  /// The modules that run, or are about to, and are on trial: bit n for symbol table n.
  @inline(never)
  mutating func modulesOnTrial() -> UInt8 {
    var set: UInt32 = 0
    for index in 0..<countTables() where modules[index].module.isOnTrial || next[index].isOnTrial {
      set |= LoadRequest.bit(index)
    }
    return UInt8(truncatingIfNeeded: set)
  }

  // MARK: - The verdict

  /// The newest image of the partition of module `index` that may run. One that ended the time before the start, or has had
  /// its attempts, is marked bad on the way. Throws `store`.
  @inline(never)
  mutating func candidate(
    of store: ModuleStore<P.Hasher>, _ index: Int
  ) throws(RuntimeError) -> StoredImage? {
    while let image = try currentImage(of: store) {
      guard image.trialAttempts > 0, !image.isConfirmed, trial.begun & bit(of: image, index) == 0
      else { return image }
      recallCrash()
      let suspect = UInt8(truncatingIfNeeded: LoadRequest.bit(index))
      let isSuspect = (trial.crash?.suspects ?? 0) & suspect != 0
      guard isSuspect || image.trialAttempts >= Trial.attempts else { return image }
      try markBad(image, of: store)
      let note = isSuspect ? trial.crash : nil
      // One crash, one image: the one before it did not run.
      trial.crash?.suspects &= ~suspect
      try reportRollback(of: image, store, note ?? CrashNote(.attemptsUsed))
    }
    return nil
  }

  /// Finds out, once, how the time before the start ended.
  @inline(never)
  mutating func recallCrash() {
    guard !trial.isCrashKnown else { return }
    trial.isCrashKnown = true
    trial.crash = CrashNote(takenFrom: &system)
    let reason = system.resetReason
    guard trial.crash == nil, reason == .crash || reason == .watchdog else { return }
    // Nobody knows more: it is held against all.
    var note = CrashNote(reason == .crash ? .unknownCrash : .unknownWatchdog)
    note.suspects = .max
    trial.crash = note
  }

  @inline(never)
  private mutating func reportRollback(
    of image: StoredImage, _ store: ModuleStore<P.Hasher>, _ note: CrashNote
  ) throws(RuntimeError) {
    symbol = note.place
    let refusal = note.refusal(.rolledBack)
    do throws(StoreError) {
      let flash = flash
      try store.withBytes(of: image, in: flash) { report(.rolledBack, refusal, of: $0) }
    } catch {
      throw .store(error)
    }
  }

  // MARK: - The trial

  /// Notes that an image is about to run as module `index`, which is in `next`, unless it is known to be good: in the
  /// flash, once a start, if that is where it comes from; nil stands for an image in RAM. Throws `store`.
  @inline(never)
  mutating func beginTrial(_ image: StoredImage?, _ index: Int) throws(RuntimeError) {
    var isNew = true
    if let image {
      guard !image.isConfirmed else { return }
      let bit = bit(of: image, index)
      isNew = trial.begun & bit == 0 || image.trialAttempts == 0
      trial.begun |= bit
      if isNew {
        let store = try store(of: label(index))
        do throws(StoreError) {
          guard try store.beginTrial(image, in: &flash) else { throw .flashNotAsWritten }
        } catch {
          throw .store(error)
        }
      }
    }
    if isNew {
      trial.start = system.now()
      system.pulse.safePoints = 0
    }
    next[index].isOnTrial = true
    system.watch(milliseconds: firmware.trialTimeout)
  }

  /// Asks the platform for what the modules on trial need, or for nothing more where there are none.
  @inline(never)
  mutating func attend() {
    let isAny = modulesOnTrial() != 0
    system.watch(milliseconds: isAny ? firmware.trialTimeout : 0)
    system.schedule(milliseconds: isAny && !firmware.isConfirmedByApplication ? Trial.period : 0)
  }

  /// Confirms the modules on trial. Throws `unknownPartition`, `store`.
  @inline(never)
  public mutating func confirm() throws(RuntimeError) {
    for index in 0..<countTables() where modules[index].module.isOnTrial {
      if images[index].isRunning {
        modules[index].module.isOnTrial = false
        if images[index].isForFlash { try storeImage(index) }
        continue
      }
      let store = try store(of: label(index))
      // Another one may have been stored since: it is the current one then, and has its own trial.
      if let image = try currentImage(of: store), image.trialAttempts > 0,
        image.slot.rawValue == modules[index].module.slot
      {
        do throws(StoreError) { try store.confirm(image, in: &flash) } catch { throw .store(error) }
      }
      modules[index].module.isOnTrial = false
    }
    attend()
  }

  /// Confirms the modules on trial if they have proved to be good: by three safe points, or by ten seconds where the
  /// application never came to one. Where it did, it has to come to one more after that time.
  ///
  /// What `TrialPort.schedule` asked for; asks for the next time itself.
  public mutating func tick() {
    guard modulesOnTrial() != 0, !firmware.isConfirmedByApplication else { return }
    let isOver = system.now() &- trial.start >= Trial.duration
    if isOver, system.pulse.safePoints < Pulse.enough &- 1 {
      system.pulse.safePoints = Pulse.enough &- 1
    }
    guard system.pulse.safePoints >= Pulse.enough || isOver && !system.pulse.hasPolled,
      !isUploadInTheWay
    else {
      return system.schedule(milliseconds: Trial.period)
    }
    // It stays on trial where the flash fails, until the application confirms it or the next start.
    do throws(RuntimeError) { try confirm() } catch {
      system.log(.error, error.refusal, text: Span())
    }
  }

  private func bit(of image: StoredImage, _ index: Int) -> UInt32 {
    LoadRequest.bit(2 &* index &+ Int(truncatingIfNeeded: image.slot.rawValue))
  }
}
