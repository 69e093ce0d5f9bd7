import HotReloadPort

/// The code of modules, which a computer does not run: remembers what it was asked for, and answers as told.
///
/// A call to an address that the instruction bus does not see, or that was not synchronized, stops the test, as it
/// would stop the chip.
package final class SimulatedCode: CodePort {
  /// One call of a lifecycle function.
  package enum Call: Equatable, Sendable {
    case construct
    case load(LoadReason)
    case unload(UnloadReason)
    case migrate(Migration)
    case destruct
  }

  /// The calls so far, in order, with the address that was called.
  package var calls: [(lifecycle: UInt32, call: Call)] = []
  /// What a module answers to `load`: 0, or what it refuses with.
  package var loadAnswer: (_ lifecycle: UInt32, _ reason: LoadReason) -> Int32 = { _, _ in 0 }
  /// Called with every call, before it is answered.
  package var observer: (_ call: Call) -> Void = { _ in }
  /// What a module does with a changed variable, and whether it handled it.
  package var migration: (_ lifecycle: UInt32, _ migration: Migration) -> Bool = { _, _ in false }

  private let memory: SimulatedMemory

  package init(memory: SimulatedMemory) { self.memory = memory }

  package func call(
    _ lifecycle: UInt32, _ event: LifecycleEvent, _ argument: UInt32
  ) -> Int32 {
    switch event {
    case .construct:
      enter(lifecycle, .construct)
    case .load:
      guard let reason = LoadReason(rawValue: argument) else { fatalError("load: \(argument)") }
      enter(lifecycle, .load(reason))
      return loadAnswer(lifecycle, reason)
    case .unload:
      guard let reason = UnloadReason(rawValue: argument) else { fatalError("unload: \(argument)") }
      enter(lifecycle, .unload(reason))
    case .destruct:
      enter(lifecycle, .destruct)
    }
    return 0
  }

  package func migrate(_ lifecycle: UInt32, _ migration: Migration) -> Bool {
    enter(lifecycle, .migrate(migration))
    return self.migration(lifecycle, migration)
  }

  private func enter(_ lifecycle: UInt32, _ call: Call) {
    guard memory.isExecutable(at: lifecycle) else {
      fatalError("call of \(lifecycle), where there is no synchronized code")
    }
    calls.append((lifecycle, call))
    observer(call)
  }
}

extension SimulatedCode.Call: CustomStringConvertible {
  /// The event, and the reason where it has one.
  package var description: String {
    switch self {
    case .construct: "construct"
    case .load(let reason): "load(\("\(reason)".split(separator: ".").last ?? ""))"
    case .unload(let reason): "unload(\("\(reason)".split(separator: ".").last ?? ""))"
    case .migrate(let migration): "migrate(\(migration.oldSize) to \(migration.size) bytes)"
    case .destruct: "destruct"
    }
  }
}
