import NIOCore
import NIOPosix

/// TCP ports of this computer.
public enum LocalPort {
  /// A port of 127.0.0.1 that nobody listened on a moment ago.
  ///
  /// - Throws: the system's error if there is none.
  public static func findFree() async throws -> Int {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .bind(host: "127.0.0.1", port: 0).get()
    let port = channel.localAddress?.port
    try await channel.close()
    guard let port else { throw ChannelError.unknownLocalAddress }
    return port
  }
}
