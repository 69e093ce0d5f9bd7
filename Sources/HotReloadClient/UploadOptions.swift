import HotReloadServer

/// What an upload asks for beyond storing the image. Options travel in the request target, hence they are
/// authenticated with it.
public struct UploadOptions: Equatable, Sendable {
  /// Where a module waits to be loaded.
  public enum Stage: Sendable {
    /// In flash.
    case flash
    /// In RAM; flash gets it when it has proved to be good.
    case ram
    /// In RAM, until the device restarts.
    case ramOnly

    /// Its name in a request.
    public var name: String {
      switch self {
      case .flash: UploadStage.flash.name.description
      case .ram: UploadStage.ram.name.description
      case .ramOnly: UploadStage.ramOnly.name.description
      }
    }
  }

  /// Label of the module's partition; nil for the server's own.
  public var partition: String?
  /// Where the module waits to be loaded.
  public var stage: Stage
  /// Whether what is sent has to be decoded: it is what `DeltaEncoder` makes of an image.
  public var isEncoded: Bool

  /// By default for the server's own partition, in flash, as it is.
  public init(partition: String? = nil, stage: Stage = .flash, isEncoded: Bool = false) {
    self.partition = partition
    self.stage = stage
    self.isEncoded = isEncoded
  }

  /// The request target: path and query. A device that knows no stages is not told of the default.
  var target: String {
    var parameters: [String] = []
    if let partition {
      parameters.append("\(WireParameter.partition)=\(Self.percentEncoded(partition))")
    }
    if stage != .flash { parameters.append("\(WireParameter.stage)=\(stage.name)") }
    if isEncoded { parameters.append("\(WireParameter.encoding)=\(WireValue.delta)") }
    let query = parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&")
    return WirePath.upload.description + query
  }

  /// RFC 3986, section 2.3: unreserved characters stand for themselves.
  private static func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.map { byte in
      let character = Character(UnicodeScalar(byte))
      if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
        return String(character)
      }
      return "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }.joined()
  }
}
