import CHotReload
import HotReloadPort
import HotReloadRuntime
import HotReloadServer

// What the port calls for requests that its HTTP server has parsed; see hotreload_port.h.
//
// The head is read and the reply is sent without the lock: a slow client keeps nobody but itself waiting.

/// Path `index` of the server; see hotreload_port.h.
@c @implementation
public func hotreload_request_path(_ index: Int) -> UnsafePointer<CChar>? {
  // Safety: a literal ends with a NUL and lives for ever; CChar and UInt8 have the same layout.
  guard let path = WirePath.at(index) else { return nil }
  return unsafe UnsafeRawPointer(path.utf8Start).assumingMemoryBound(to: CChar.self)
}

/// The head of a request is there; see hotreload_port.h.
@c @implementation
public func hotreload_request_begin(
  _ place: UnsafeMutablePointer<hotreload_request_t>?, _ method: UnsafePointer<CChar>?,
  _ target: UnsafePointer<CChar>?
) -> Int32 {
  guard let place = unsafe place else { return Int32(HOTRELOAD_REQUEST_CLOSE) }
  var head = RequestHeadBuilder()
  unsafe withBytes(of: method) { method in
    unsafe withBytes(of: target) { target in head.setRequest(method: method, target: target) }
  }
  unsafe head.addFields(of: place.pointee.context)
  return unsafe answer(place) { request in unsafe runtime.begin(head.head, &request) }
}

/// Bytes of a body; see hotreload_port.h.
@c @implementation
public func hotreload_request_body(
  _ place: UnsafeMutablePointer<hotreload_request_t>?, _ bytes: UnsafeRawPointer?, _ size: Int
) -> Int32 {
  guard let place = unsafe place else { return Int32(HOTRELOAD_REQUEST_CLOSE) }
  // Safety: the port vouches for `size` bytes.
  let bytes = unsafe UnsafeRawBufferPointer(start: bytes, count: size)
  let open = unsafe OpenRequest(place.pointee)
  return unsafe answer(place) { request in
    unsafe runtime.receive(bytes.bindMemory(to: UInt8.self).span, of: open, &request)
  }
}

/// Time passed; see hotreload_port.h.
@c @implementation
public func hotreload_request_tick(_ place: UnsafeMutablePointer<hotreload_request_t>?) -> Int32 {
  unsafe hotreload_request_body(place, nil, 0)
}

/// The client is gone; see hotreload_port.h.
@c @implementation
public func hotreload_request_abort(_ place: UnsafeMutablePointer<hotreload_request_t>?) {
  guard let open = unsafe place?.pointee else { return }
  var request = ParsedRequest()
  _ = alone { unsafe runtime.abort(OpenRequest(open), &request) }
}

/// Lets the runtime decide, keeps what it has to remember, sends its reply, and says what the port does next.
private func answer(
  _ place: UnsafeMutablePointer<hotreload_request_t>, _ decide: (inout ParsedRequest) -> Void
) -> Int32 {
  var request = ParsedRequest()
  _ = alone { decide(&request) }
  unsafe place.pointee.keep(request.open)
  if request.hasReply { unsafe send(&request.exchange, to: place.pointee.context) }
  switch request.next {
  case .done: return Int32(HOTRELOAD_REQUEST_DONE)
  case .close: return Int32(HOTRELOAD_REQUEST_CLOSE)
  case .upload: return Int32(HOTRELOAD_REQUEST_UPLOAD)
  case .drain: return Int32(HOTRELOAD_REQUEST_DRAIN)
  }
}

/// Sends a reply with what is true of the device by now.
@inline(never)
private func send(_ exchange: inout RequestExchange, to context: UnsafeMutableRawPointer?) {
  var report = StatusReport()
  _ = alone { unsafe runtime.report(to: &report) }
  var writer = ReplyWriter()
  while exchange.write(
    &writer, device: &report.device,
    modules: report.modules.span.extracting(first: report.count))
  {
    unsafe writer.bytes.withUnsafeBytes { bytes in
      // Safety: the bytes outlive the call.
      unsafe hotreload_port_request_send(context, bytes.baseAddress, bytes.count)
    }
  }
}

extension RequestHeadBuilder {
  /// Takes the fields of the port's request.
  fileprivate mutating func addFields(of context: UnsafeMutableRawPointer?) {
    addFields { name, value in
      var value = value.mutableSpan
      let length = unsafe value.withUnsafeMutableBytes { value in
        // Safety: a literal ends with a NUL; the port stores at most `value.count` bytes.
        unsafe hotreload_port_request_field(
          context, UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self),
          value.baseAddress?.assumingMemoryBound(to: CChar.self), value.count)
      }
      return length < 0 ? nil : Int(length)
    }
  }
}

extension OpenRequest {
  fileprivate init(_ request: hotreload_request_t) {
    unsafe self.init(
      deadline: request.deadline, unread: request.unread, upload: request.upload,
      keepsAlive: request.keeps_alive)
  }
}

extension hotreload_request_t {
  fileprivate mutating func keep(_ open: OpenRequest) {
    unsafe deadline = open.deadline
    unsafe unread = open.unread
    unsafe upload = open.upload
    unsafe keeps_alive = open.keepsAlive
  }
}
