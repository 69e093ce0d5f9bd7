// The code to play with: edit it while the firmware runs, then `idf.py reload`.

/// The latest of many values.
struct Latest<Value> {
  private(set) var values: [Value] = []
  let limit: Int

  mutating func append(_ value: Value) {
    if values.count == limit { values.removeFirst() }
    values.append(value)
  }
}

/// Greets, and knows how often.
final class Greeter {
  private var count: CInt = 0
  private var times = Latest<UInt32>(limit: 4)
  private let milliseconds: () -> UInt32

  init(clock milliseconds: @escaping () -> UInt32) { self.milliseconds = milliseconds }

  func greet(_ name: UnsafePointer<CChar>) {
    let now = milliseconds()
    let pause = times.values.first.map { (now &- $0) / UInt32(times.values.count) } ?? 0
    times.append(now)
    print_greeting("Hello", name, pause, count)
    count += 1
  }
}

var greeter: Greeter?

/// See reloadable.h.
@c @implementation
public func reloadable_hello(_ name: UnsafePointer<CChar>!) {
  greeter?.greet(name)
}

/// HOTRELOAD_ON_LOAD: a new module begins to count at 0.
@section(".hotreload.on_load") @used
let onLoad: @convention(c) (hotreload_load_reason_t) -> CInt = { _ in
  greeter = Greeter { UInt32(truncatingIfNeeded: esp_timer_get_time() / 1000) }
  return 0
}

/// HOTRELOAD_ON_UNLOAD: the greeter goes while its code is still there.
@section(".hotreload.on_unload") @used
let onUnload: @convention(c) (hotreload_unload_reason_t) -> Void = { _ in greeter = nil }
