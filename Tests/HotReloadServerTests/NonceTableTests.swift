import HotReloadServer
import Testing

@Suite("Nonce table")
struct NonceTableTests {
  /// `#expect` cannot hold a non-copyable value.
  private final class Table {
    private var table = NonceTable()

    func issue(_ nonce: Nonce, now: UInt64) { table.issue(nonce.bytes.span, now: now) }
    func use(_ nonce: Nonce, now: UInt64) -> Bool { table.use(nonce.bytes.span, now: now) }
  }

  private func nonce(_ value: UInt8) -> Nonce { Nonce(bytes: .init(repeating: value)) }

  @Test("a nonce is good once")
  func singleUse() {
    let table = Table()
    table.issue(nonce(1), now: 0)
    #expect(table.use(nonce(1), now: 1))
    #expect(!table.use(nonce(1), now: 2))
  }

  @Test("a nonce that was not issued is no good, not even zeros")
  func unknown() {
    let table = Table()
    #expect(!table.use(nonce(0), now: 0))
    table.issue(nonce(1), now: 0)
    #expect(!table.use(nonce(2), now: 0))
    #expect(table.use(nonce(1), now: 0))
  }

  @Test("a nonce is good for 30 seconds", arguments: [(30_000_000, true), (30_000_001, false)])
  func expiry(age: UInt64, isGood: Bool) {
    let table = Table()
    table.issue(nonce(1), now: 500)
    #expect(table.use(nonce(1), now: 500 + age) == isGood)
    #expect(!table.use(nonce(1), now: 500))
  }

  @Test("a fifth replaces the oldest")
  func fifth() {
    let table = Table()
    for value in 1...5 as ClosedRange<UInt8> { table.issue(nonce(value), now: UInt64(value)) }
    #expect(!table.use(nonce(1), now: 6))
    for value in 2...5 as ClosedRange<UInt8> { #expect(table.use(nonce(value), now: 6)) }
  }

  @Test("a used place is filled before an outstanding nonce is lost")
  func usedPlace() {
    let table = Table()
    for value in 1...4 as ClosedRange<UInt8> { table.issue(nonce(value), now: UInt64(value)) }
    #expect(table.use(nonce(3), now: 5))
    table.issue(nonce(5), now: 5)
    for value in [1, 2, 4, 5] as [UInt8] { #expect(table.use(nonce(value), now: 6)) }
  }

  @Test("at time zero, the places still fill one after the other")
  func timeZero() {
    let table = Table()
    for value in 1...4 as ClosedRange<UInt8> { table.issue(nonce(value), now: 0) }
    for value in 1...4 as ClosedRange<UInt8> { #expect(table.use(nonce(value), now: 0)) }
  }
}
