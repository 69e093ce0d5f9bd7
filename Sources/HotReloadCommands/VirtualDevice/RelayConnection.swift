import NIOCore

/// One client's connection with the device's beside it. Confined to the event loop of both.
final class RelayConnection {
  /// How long a client may take to read the last reply, and to stop sending: closing a socket with unread
  /// bytes would reset the connection and lose the reply (RFC 9112 section 9.6).
  private static let lingerLimit = TimeAmount.seconds(10)

  enum Side {
    case client, device
  }

  private let client: any Channel
  private var device: (any DeviceConnection)?
  private let limits: RelayTurn.Limits
  private var turn: RelayTurn
  private var othersWait = false
  private var isEnded = false
  /// What the client sent before it was its turn: NIO reads everything that comes before the end of a stream,
  /// asked to or not.
  private var early: [ByteBuffer] = []
  private var clientEnded = false
  private var timer: (task: Scheduled<Void>, deadline: NIODeadline)?
  private let onReady: () -> Void
  private let onEnd: (RelayConnection) -> Void
  private var loop: any EventLoop { client.eventLoop }

  /// Waits for `begin`.
  ///
  /// - Parameters:
  ///   - onReady: called when the client said something, or that it will say nothing.
  ///   - onEnd: called once, when the device is free again.
  /// - Throws: if the client is gone.
  init(
    _ client: any Channel, limits: RelayTurn.Limits, onReady: @escaping () -> Void,
    onEnd: @escaping (RelayConnection) -> Void
  ) throws {
    self.client = client
    self.limits = limits
    self.onReady = onReady
    self.onEnd = onEnd
    turn = RelayTurn(at: .now(), limits: limits)
    try client.pipeline.syncOperations.addHandler(RelayHandler(self, .client))
  }

  /// Whether a turn would have something to do: a client that says nothing does not hold up the others.
  var isReady: Bool { clientEnded || !early.isEmpty }

  /// A side is there. Waits for the client's first words, up to the time that a request may take.
  func began(_ side: Side) {
    guard side == .client else { return }
    client.read()
    let limit = loop.assumeIsolated().scheduleTask(in: limits.stall) {
      if self.device == nil && !self.isReady { self.client.close(promise: nil) }
    }
    client.closeFuture.whenComplete { _ in limit.cancel() }
  }

  /// Connects to the device and passes bytes on from then on.
  func begin(over link: any DeviceLink) {
    if clientEnded && early.isEmpty { return end() }
    link.connect(self)
  }

  /// Called by the link: the device is there, or nil if it cannot be reached.
  func connected(_ device: (any DeviceConnection)?) {
    guard let device else { return end() }
    guard !isEnded else { return device.close() }
    self.device = device
    turn = RelayTurn(at: .now(), limits: limits)
    for bytes in early { received(bytes, from: .client) }
    early = []
    device.flush()
    if clientEnded { turn.clientEnded(at: .now()) }
    client.read()
    device.read()
    checkTime()
  }

  /// Whether somebody waits for this turn to end.
  func set(othersWait: Bool) {
    self.othersWait = othersWait
    checkTime()
  }

  // MARK: - Bytes

  func received(_ bytes: ByteBuffer, from side: Side) {
    guard !isEnded else { return }
    guard let device else {
      early.append(bytes)
      return onReady()
    }
    switch side {
    case .client:
      turn.clientSent(at: .now())
      device.write(bytes)
    case .device:
      turn.deviceSent(bytes.readableBytesView, at: .now())
      client.write(bytes, promise: nil)
    }
  }

  /// All that could be read was received.
  func readComplete(from side: Side) {
    guard !isEnded else { return side == .client ? client.read() : () }
    switch side {
    case .client: device?.flush()
    case .device: client.flush()
    }
    checkTime()
    pull(from: side)
  }

  /// Reads on unless the other side is behind.
  func pull(from side: Side) {
    guard !isEnded, let device else { return }
    switch side {
    case .client: if device.isWritable { client.read() }
    case .device: if client.isWritable { device.read() }
    }
  }

  /// A side sends no more.
  func ended(_ side: Side) {
    switch side {
    case .client:
      clientEnded = true
      if isEnded { return client.close(promise: nil) }
      onReady()
      turn.clientEnded(at: .now())
      if client.isActive || device == nil { checkTime() } else { end() }
    case .device:
      end()
    }
  }

  // MARK: - End

  /// Ends the turn if it is time, or sees to it that this is asked again.
  private func checkTime() {
    guard !isEnded, device != nil, let deadline = turn.end(othersWait: othersWait) else { return }
    if deadline <= .now() { return end() }
    if let timer, timer.deadline <= deadline { return }
    timer?.task.cancel()
    timer = (
      loop.assumeIsolated().scheduleTask(deadline: deadline) {
        self.timer = nil
        self.checkTime()
      }, deadline
    )
  }

  /// Hangs up on the device, and on the client once it has what was sent.
  private func end() {
    guard !isEnded else { return }
    isEnded = true
    timer?.task.cancel()
    timer = nil
    device?.close()
    let client = client
    let isClosed = clientEnded || device == nil
    let limit = loop.scheduleTask(in: Self.lingerLimit) { client.close(promise: nil) }
    client.closeFuture.whenComplete { _ in limit.cancel() }
    // Empty, behind all that was written.
    client.writeAndFlush(ByteBuffer()).whenComplete { _ in
      if isClosed {
        client.close(promise: nil)
      } else {
        client.close(mode: .output, promise: nil)
        client.read()
      }
    }
    onEnd(self)
  }
}
