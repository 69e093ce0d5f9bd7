/// Makes the text of a reply in pieces of at most 256 bytes.
///
/// ```
/// var writer = ReplyWriter()
/// while writer.next(&reply, device: &status, modules: modules.span) { send(writer.bytes) }
/// ```
/// All arguments have to be the same in every call for one reply.
public struct ReplyWriter: ~Copyable {
  private var text = TextWindow()
  private var sent = 0

  /// A writer for one reply.
  public init() {}

  /// The piece that `next` made.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get { text.bytes }
  }

  /// Makes the next piece; false after the last one. `reply` and `device` stay as they are: borrowed,
  /// they would be copied. Only `status` and `pending` look at `device`, only `status` at
  /// `modules`.
  public mutating func next(
    _ reply: inout Reply, device: inout DeviceStatus, modules: Span<ModuleStatus>
  ) -> Bool {
    // The first run counts the body for Content-Length and keeps nothing.
    text.restart(keepingFrom: .max)
    text.appendBody(of: &reply, device: &device, modules: modules)
    let bodyLength = text.position
    text.restart(keepingFrom: sent)
    text.appendHead(of: &reply, bodyLength: bodyLength)
    text.appendBody(of: &reply, device: &device, modules: modules)
    let length = text.bytes.count
    sent += length
    return length > 0
  }
}
