import HotReloadPort

/// A whole module image in the partition.
public struct StoredImage: Sendable {
  /// The slot that holds it.
  public var slot: Slot
  /// Where the image begins, in bytes from the beginning of the partition.
  public var offset: UInt32
  /// Bytes of the image, never 0.
  public var length: UInt32
  /// The store sequence, 0 for a plain image.
  public var sequence: UInt64
  /// SHA-256 of the image.
  public var digest: SHA256Digest
  /// Whether it is an ELF at the beginning of the partition, without slot header and marks.
  public var isPlain: Bool
  /// The bits of the marks that were set when it was found.
  var marks: UInt32

  /// Whether it is known to be good; plain images count as such.
  public var isConfirmed: Bool { marks & Mark.confirmed.bit != 0 }

  /// How often it has begun to run on trial, 0 to 3: the calls of `ModuleStore.beginTrial` that
  /// returned true, over all restarts.
  public var trialAttempts: Int {
    var count: UInt32 = 0
    for index in Mark.attempts { count += marks &>> index & 1 }
    return Int(truncatingIfNeeded: count)
  }
}

extension StoredImage: Equatable {
  /// Whether all that is known about both is the same.
  public static func == (left: StoredImage, right: StoredImage) -> Bool {
    left.slot == right.slot && left.offset == right.offset && left.length == right.length
      && left.sequence == right.sequence && left.isPlain == right.isPlain
      && left.marks == right.marks
      && left.digest.isEqualInConstantTime(to: right.digest)
  }
}
