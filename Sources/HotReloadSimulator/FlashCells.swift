/// The memory of a NOR flash, and what was done to each write unit of it.
package struct FlashCells: Sendable {
  /// What erased flash reads as: 0xFF, or what decrypting that gives, another thing after each erase.
  package enum Kind: CaseIterable, Sendable {
    case plain
    case encrypted
  }

  /// A write unit: flash encryption works on 16 bytes.
  package static let unitSize = 16

  private enum State {
    static let erased: UInt8 = 0
    static let written: UInt8 = 1
    /// Power failed in the erase: to be erased again.
    static let halfErased: UInt8 = 2
    /// Power failed in the write: the same bytes may be written again.
    static let interrupted: UInt8 = 3
  }

  /// What decrypting erased flash may give.
  private static let noise: [UInt8] = {
    var generator = SplitMix64(state: 1)
    return generator.bytes(4096)
  }()
  private static let blank = [UInt8](repeating: 0xFF, count: 4096)

  private let kind: Kind
  package private(set) var bytes: [UInt8]
  private var states: [UInt8]
  private var interrupted: [Int: [UInt8]] = [:]
  private var generator = SplitMix64(state: 2)

  /// `size` erased bytes.
  package init(size: Int, _ kind: Kind) {
    self.kind = kind
    bytes = [UInt8](repeating: 0xFF, count: size)
    states = [UInt8](repeating: State.erased, count: size / Self.unitSize)
    erase(0..<size, nil)
  }

  /// Replaces the bytes from `offset` on, as a flash tool does on a chip without encryption.
  package mutating func flash(_ contents: [UInt8], at offset: Int = 0) {
    Self.copy(contents, 0..<contents.count, to: &bytes, at: offset)
    let units = offset / Self.unitSize..<(offset + contents.count + 15) / Self.unitSize
    for unit in units where unit < states.count {
      let isErased = bytes[range(of: unit)].allSatisfy { $0 == 0xFF }
      states[unit] = isErased ? State.erased : State.written
    }
  }

  /// Changes one bit.
  package mutating func flip(bit: Int) { bytes[bit / 8] ^= 1 << (bit % 8) }

  /// Erases whole write units, as far as power lasts.
  package mutating func erase(_ range: Range<Int>, _ cut: PowerCut?) {
    let first = range.lowerBound / Self.unitSize
    let count = range.count / Self.unitSize
    for run in cut?.runs(count: count) ?? [(0..<count, .done)] where run.fate != .old {
      let units = first + run.units.lowerBound..<first + run.units.upperBound
      fill(units, with: kind == .plain && run.fate == .done ? Self.blank : Self.noise)
      setState(cut == nil ? State.erased : State.halfErased, of: units)
    }
  }

  /// Writes whole write units, as far as power lasts. Nil if one of them was written since it was erased: what
  /// was interrupted may be written again, with the same bytes.
  package mutating func write(_ new: [UInt8], at offset: Int, _ cut: PowerCut?) -> Void? {
    let first = offset / Self.unitSize
    let count = new.count / Self.unitSize
    func content(_ index: Int) -> [UInt8] {
      Array(new[index * Self.unitSize..<(index + 1) * Self.unitSize])
    }
    for index in 0..<count where states[first + index] != State.erased {
      guard states[first + index] == State.interrupted,
        interrupted[first + index] == content(index)
      else { return nil }
    }
    for run in cut?.runs(count: count) ?? [(0..<count, .done)] where run.fate != .old {
      let units = first + run.units.lowerBound..<first + run.units.upperBound
      if run.fate == .done {
        let source = run.units.lowerBound * Self.unitSize..<run.units.upperBound * Self.unitSize
        Self.copy(new, source, to: &bytes, at: units.lowerBound * Self.unitSize)
      } else {
        fill(units, with: Self.noise)
      }
      setState(cut == nil ? State.written : State.interrupted, of: units)
      if cut != nil { for index in run.units { interrupted[first + index] = content(index) } }
    }
    return ()
  }

  /// Fills write units with `pattern`; what is not blank differs each time.
  private mutating func fill(_ units: Range<Int>, with pattern: [UInt8]) {
    let phase = Int(truncatingIfNeeded: generator.next() % 128) * Self.unitSize
    var offset = units.lowerBound * Self.unitSize
    while offset < units.upperBound * Self.unitSize {
      let count = min(pattern.count - phase, units.upperBound * Self.unitSize - offset)
      Self.copy(pattern, phase..<phase + count, to: &bytes, at: offset)
      offset += count
    }
  }

  private mutating func setState(_ state: UInt8, of units: Range<Int>) {
    for unit in units { states[unit] = state }
  }

  private func range(of unit: Int) -> Range<Int> {
    unit * Self.unitSize..<min((unit + 1) * Self.unitSize, bytes.count)
  }

  /// Copies a range of `source`: quickly in a debug build, too.
  private static func copy(
    _ source: [UInt8], _ range: Range<Int>, to target: inout [UInt8], at offset: Int
  ) {
    precondition(range.upperBound <= source.count && offset + range.count <= target.count)
    // Safety: both ranges are inside, as just checked.
    unsafe source.withUnsafeBytes { source in
      unsafe target.withUnsafeMutableBytes { target in
        unsafe UnsafeMutableRawBufferPointer(
          rebasing: target[offset..<offset + range.count]
        ).copyMemory(from: UnsafeRawBufferPointer(rebasing: source[range]))
      }
    }
  }
}
