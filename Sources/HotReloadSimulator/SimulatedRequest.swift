import HotReloadPort
import HotReloadRuntime
import HotReloadServer

/// One request to a simulated device, through an HTTP server that parses requests.
package final class SimulatedRequest {
  private let device: SimulatedDevice
  private var open: OpenRequest?

  /// What comes after the last call.
  package private(set) var next = ParsedRequest.Next.close

  package init(to device: SimulatedDevice) { self.device = device }

  /// Hands over a head, as a client sends it, and returns what the device answers.
  package func begin(_ head: String) -> String {
    let lines = head.split(separator: "\r\n")
    let words = lines[0].split(separator: " ").map { Array($0.utf8) }
    let fields = lines.dropFirst().map { $0.split(separator: ":", maxSplits: 1) }
    var builder = RequestHeadBuilder()
    let (method, target) = (words[0], words[1])
    builder.setRequest(method: method.span, target: target.span)
    builder.addFields { name, value in
      guard let field = fields.first(where: { $0[0].lowercased() == "\(name)".lowercased() }) else {
        return nil
      }
      for (index, byte) in field[1].utf8.prefix(value.count).enumerated() { value[index] = byte }
      return field[1].utf8.count
    }
    var request = ParsedRequest()
    device.runtime.begin(builder.head, &request)
    return answer(request)
  }

  /// Hands over bytes of the body and returns what the device answers; without bytes, lets deadlines expire.
  package func receive(_ bytes: [UInt8]) -> String {
    guard let open else { return "" }
    var request = ParsedRequest()
    device.runtime.receive(bytes.span, of: open, &request)
    return answer(request)
  }

  /// The client goes away.
  package func abort() {
    var request = ParsedRequest()
    if let open { device.runtime.abort(open, &request) }
  }

  private func answer(_ request: consuming ParsedRequest) -> String {
    next = request.next
    open = request.open
    guard request.hasReply else { return "" }
    var report = StatusReport()
    device.runtime.report(to: &report)
    var bytes: [UInt8] = []
    var writer = ReplyWriter()
    while request.exchange.write(
      &writer, device: &report.device,
      modules: report.modules.span.extracting(first: report.count))
    {
      for index in writer.bytes.indices { bytes.append(writer.bytes[index]) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
