/// What who drives a `DeltaDecoder` does next.
public enum DeltaAction: Equatable, Sendable {
  /// Come back with more bytes, if all are used.
  case wait
  /// The header is there: make room for the image, find the base, tell its length.
  case begin
  /// Append the bytes that this step consumed.
  case append
  /// Append `count` bytes of the base, from `offset`.
  case copyBase
  /// Append `count` bytes of the output, which begin `offset` bytes before its end. They may reach into themselves.
  case copyOutput
  /// Give up: this is no encoded image, or more than one.
  case refuse
}

/// One action, and how many bytes led to it.
public struct DeltaStep: Equatable, Sendable {
  /// Bytes used up, counted from the first one given.
  public var consumed: Int
  /// What to do.
  public var action: DeltaAction
}
