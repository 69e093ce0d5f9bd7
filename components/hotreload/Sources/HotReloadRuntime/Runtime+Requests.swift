import HotReloadPort
import HotReloadServer

// Requests that another HTTP server has parsed. Each function returns before the reply is sent: with what `report` copies,
// the caller sends it when it keeps nobody waiting. What came of the call is in `request`, which nothing was done to before.

extension Runtime {
  /// Takes the head of a request.
  public mutating func begin(_ head: borrowing RequestHead, _ request: inout ParsedRequest) {
    guard isServing else { return }
    let step = request.begin(head, now: system.now(), server: &server)
    serve(step, Span(), &request)
  }

  /// Takes bytes of the body of `open`; without bytes it lets deadlines expire.
  public mutating func receive(
    _ bytes: Span<UInt8>, of open: OpenRequest, _ request: inout ParsedRequest
  ) {
    request.resume(open, server: &server)
    let step = request.advance(bytes, now: system.now(), server: &server)
    serve(step, bytes, &request)
  }

  /// The client of `open` is gone: what it had sent is dropped.
  @inline(never)
  public mutating func abort(_ open: OpenRequest, _ request: inout ParsedRequest) {
    request.resume(open, server: &server)
    if request.abort(server: &server) { dropUpload() }
  }

  /// Goes on until the request waits for its client.
  @inline(never)
  private mutating func serve(
    _ first: ServerStep, _ bytes: Span<UInt8>, _ request: inout ParsedRequest
  ) {
    var step = first
    var rest = bytes
    while true {
      let used = rest.extracting(first: step.consumed)
      rest = rest.extracting(droppingFirst: step.consumed)
      switch step.action {
      case .wait:
        if rest.isEmpty || step.consumed == 0 { return }
      case .send, .close:
        return
      case .issueNonce, .begin, .write, .finish, .discard:
        perform(step.action, used, &request.exchange)
      }
      step = request.advance(rest, now: system.now(), server: &server)
    }
  }
}
