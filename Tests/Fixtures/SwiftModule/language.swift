// Embedded Swift in a module: what it needs of the compiler, the linker, the loader and the firmware.

// Globals: constant, constant array, made at their first use.
let answer: CInt = 42
let squares: [Int] = [0, 1, 4, 9, 16]
let middle = firmware_middle(point_t(x: 2, y: 10), point_t(x: 4, y: 20))
var calls: CInt = 0
var zoo: [Animal] = []
var multiply: ((Int) -> Int)?

// A table of functions in constant data.
let operations: [@convention(thin) (Int, Int) -> Int] = [{ $0 + $1 }, { $0 - $1 }, { $0 * $1 }]

/// What C has as an array: a loop over it is a memory access with an offset.
let steps: [3 of Int] = [1, 20, 300]

private func check(_ holds: Bool, _ what: StaticString) {
  what.withUTF8Buffer { text in
    text.withMemoryRebound(to: CChar.self) { firmware_check(holds, $0.baseAddress) }
  }
}

private func checkGlobals() {
  check(answer == 42 && calls == 0 && zoo.isEmpty, "globals begin with their values")
  check(squares.reduce(0, +) == 30, "constant array")
  check(middle.x == 3 && middle.y == 15, "global that is made by a call of the firmware")
  check(operations.map { $0(7, 3) } == [10, 4, 21], "table of functions")
  check(steps[0] + steps[1] + steps[2] == 321, "InlineArray")
  check(firmware_level == 7 && FIRMWARE_NOWHERE == -1, "variable and constant of the firmware")
  check(motto_length() == 12, "inline function, definition of a string")
  check(byte_count("caf\u{e9}") == 5 && byte_count("") == 0, "literals for C, in UTF-8")
  check(byte_count(zoo.isEmpty ? "empty" : "full") == 5, "one of two literals for C")
  check(byte_count(nil) == -1, "no text for C")
  firmware_level += 1
  check(firmware_level == 8, "variable of the firmware, written")
}

private func checkObjects() {
  let animals = [Animal("cat"), Bird("duck"), Animal("dog"), Bird("owl")]
  check(animals.map { $0.legs } == [4, 2, 4, 2], "overridden property")
  animals[0].befriend(animals[1])
  check(animals[0].friends.first === animals[1], "references")
  check(animals.compactMap { $0 as? Bird }.count == 2, "dynamic cast of a class")
  let token = Token()
  _ = consume token
}

private func checkValues() {
  check(largest(of: [Box(width: 2, height: 3), Box(width: 4, height: 2)])?.width == 4, "generics")
  check(largest(of: [Line(size: 5), Line(size: 9)])?.size == 9, "generics of another type")
  check(largest(of: [Line]()) == nil, "optional")
  let shapes: [Shape] = [
    .nothing, .circle(radius: 2), .box(Box(width: 2, height: 5), color: 0xFF00),
  ]
  check(shapes.map { $0.size } == [0, 12, 10], "enumerations with payloads")
  check(Sum.plus(.number(20), .plus(.number(1), .number(2))).value == 23, "indirect enumeration")
  check([3, 1, 2].sorted(by: >) == [3, 2, 1], "sort with a closure")
  var counts: [UInt32: Int] = [:]
  for value in [7, 1, 7, 9, 7] as [UInt32] { counts[value, default: 0] += 1 }
  check(counts[7] == 3 && counts[1] == 1 && counts[2] == nil, "Dictionary")
  check(Set(counts.keys) == [1, 7, 9], "Set")
  check((UInt64(calls) + 10_000_000_000) / 7 == 1_428_571_428, "64-bit division")
  check((Double(firmware_level) / 3).rounded() == 3, "floating point")
}

private func checkErrors() {
  check((try? root(50)) == 7, "no error")
  do {
    _ = try root(-3)
    check(false, "an error is thrown")
  } catch {
    check(error == .negative(-3), "typed error")
  }
}

private func checkClosures() {
  let factor = Int(firmware_level)
  multiply = { $0 * factor }
  check([1, 2, 3].map { multiply?($0) ?? 0 } == [8, 16, 24], "stored closure that captures")

  final class Total { var value: CInt = 0 }
  let total = Total()
  let sum = firmware_visit(
    { context, value in
      guard let context else { return 0 }
      Unmanaged<Total>.fromOpaque(context).takeUnretainedValue().value += value
      return value * 2
    }, Unmanaged.passUnretained(total).toOpaque(), 5)
  check(sum == 20 && total.value == 10, "callback of the firmware, with an object as its context")
}

/// See firmware.h.
@c @implementation
public func language_check() {
  checkGlobals()
  checkObjects()
  checkValues()
  checkErrors()
  checkClosures()
}

/// See firmware.h.
@c @implementation
public func language_work() -> CInt {
  let bird = Bird("bird")
  bird.befriend(Animal("friend"))
  zoo.append(bird)
  if zoo.count > 3 { zoo.removeFirst() }
  let count = zoo.count
  multiply = { $0 * count }
  _ = multiply?(2)
  calls += 1
  return calls
}

/// See firmware.h.
@c @implementation
public func language_generation() -> CInt {
  CInt(kept.history.0) + 1 == kept.generation ? kept.generation : -1
}

/// See firmware.h.
@c @implementation
public func language_answer() -> CInt { answer }

/// Nothing of the module survives it: its objects go while their code is there.
@section(".hotreload.on_unload") @used
let onUnload: @convention(c) (hotreload_unload_reason_t) -> Void = { _ in
  zoo = []
  multiply = nil
  kept.history.0 = UInt8(truncatingIfNeeded: kept.generation)
  kept.generation += 1
}
