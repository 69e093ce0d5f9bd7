import HotReloadDelta
import HotReloadPort

/// An upload that is decoded on its way (`?encoding=delta`).
struct EncodedUpload: ~Copyable {
  /// Whether there is one.
  var isOpen = false
  var decoder = DeltaDecoder()
  /// The last bytes of the image on its way into flash, as a ring; none where the whole image is in RAM.
  var window = MemoryBlock.empty
  /// Where the next byte goes: in the window, or in the image in RAM.
  var position: UInt32 = 0
  /// Bytes of a copy that are still to be made, and where the next one is: in the base, or back from `position`.
  var left: UInt32 = 0
  var offset: UInt32 = 0
  /// Whether that copy is from the base.
  var isOfBase = false
  /// Where the base is, if there is one: in RAM, or else in flash.
  var base = MemoryBlock.empty
  var partition = Partition(handle: 0, size: 0, eraseSize: 0)
  var baseOffset: UInt32 = 0
}
