/// Which modules are to be loaded together. Bit n of a set stands for symbol table n of the firmware.
struct LoadRequest {
  /// The tables that take part.
  var tables: UInt32
  /// Those whose partitions have to hold an image, or do; the others are passed over if they do not.
  var required: UInt32
  /// ESP-IDF heap capabilities, 0 for the port's choice.
  var capabilities: UInt32
  /// Whether the image is the application's: it is not stored anywhere, and not on trial.
  var isFromBuffer = false

  /// Whether table `index` takes part.
  func includes(_ index: Int) -> Bool { tables & Self.bit(index) != 0 }

  /// Whether a module that runs already is left alone.
  var sparesCurrent: Bool { tables == .max }

  /// Whether the partition of table `index` has to hold an image.
  func requires(_ index: Int) -> Bool { required & Self.bit(index) != 0 }

  /// The set of one table; `index` is below 32.
  static func bit(_ index: Int) -> UInt32 { 1 &<< UInt32(truncatingIfNeeded: index) }
}
