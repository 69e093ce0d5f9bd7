import HotReloadClient
import Testing

@Suite struct DeviceURLTests {
  @Test(arguments: [
    ("192.168.1.7", "http://192.168.1.7:8080", "192.168.1.7:8080"),
    ("192.168.1.7:80", "http://192.168.1.7:80", "192.168.1.7:80"),
    ("http://esp.local", "http://esp.local:8080", "esp.local:8080"),
    ("HTTP://esp.local:9/", "http://esp.local:9", "esp.local:9"),
    ("localhost:65535", "http://localhost:65535", "localhost:65535"),
    ("::1", "http://[::1]:8080", "[::1]:8080"),
    ("[::1]", "http://[::1]:8080", "[::1]:8080"),
    ("http://[fe80::1%eth0]:81", "http://[fe80::1%eth0]:81", "[fe80::1]:81"),
    ("my_esp", "http://my_esp:8080", "my_esp:8080"),
  ])
  func isCompleted(text: String, url: String, authority: String) throws {
    let parsed = try DeviceURL(text)
    #expect(parsed.description == url)
    #expect(parsed.authority == authority)
    #expect(try DeviceURL(parsed.description) == parsed)
  }

  @Test(arguments: [
    ("", "host"), ("http://", "host"), (":8080", "host"), ("https://esp", "https"),
    ("ftp://esp", "ftp"), ("esp/upload", "path"), ("esp?x", "path"), ("me@esp", "user"),
    ("esp:0", "port"), ("esp:65536", "port"), ("esp:x", "port"), ("esp:", "port"),
    ("esp:+5", "port"), ("[::1", "host"), ("[esp]:80", "host"), ("[::1]80", "host"),
    ("e sp", "host name"), ("esp\r\nX: y", "host name"), ("ésp", "host name"),
  ])
  func isRefused(text: String, reason: String) {
    let error = #expect(throws: DeviceURLError.self) { try DeviceURL(text) }
    #expect(error?.text == text)
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }
}
