/// The words of a module to which a bias has to be added, by the region that they point into.
struct FixupLists {
  /// Addresses of words that point into data; on RISC-V, where one bias moves both regions, of all words.
  private(set) var data: Set<UInt32> = []
  /// Addresses of words that point into code, if regions lie apart.
  private(set) var code: Set<UInt32> = []

  /// Adds the word at `place`.
  mutating func insert(_ place: UInt32, pointsToCode: Bool) {
    if pointsToCode { code.insert(place) } else { data.insert(place) }
  }

  /// All of them, ascending.
  var places: [UInt32] { data.union(code).sorted() }

  /// One of the lists as an image has it.
  struct Encoded {
    /// RELR words.
    var relative: [UInt32]
    /// Addresses of misaligned words.
    var odd: [UInt32]

    init(_ places: Set<UInt32> = []) {
      let sorted = places.sorted()
      relative = RelativeEncoder.words(sorted.filter { $0 % 4 == 0 })
      odd = sorted.filter { $0 % 4 != 0 }
    }
  }
}
