import HotReloadPort

/// Why a request is refused: the `error` of docs/PROTOCOL.md.
public enum RefusalCode: UInt8, Sendable {
  /// Not HTTP, no body, malformed or contradicting headers.
  case badRequest
  /// A digest, HMAC or nonce is missing, malformed or wrong.
  case forbidden
  /// Unknown path or partition.
  case notFound
  /// A known path with another method.
  case methodNotAllowed
  /// Head or body did not arrive in time.
  case timeout
  /// Another upload is under way.
  case busy
  /// A module for another firmware.
  case wrongFirmware
  /// A module for another list of exports.
  case exportsChanged
  /// A module older than the stored one.
  case older
  /// The difference to an image that the device has not.
  case noBase
  /// No Content-Length.
  case lengthRequired
  /// Over the configured maximum or the slot.
  case tooLarge
  /// A body that does not decode to what it promises.
  case badEncoding
  /// The image is no module that this chip can load.
  case notLoadable
  /// A function was called while no module was loaded.
  case notLoaded
  /// The module was on trial when the firmware crashed.
  case rolledBack
  /// The firmware crashed in a module that was not on trial.
  case crashed
  /// A task is inside the module that would go.
  case unsafePoint
  /// More head than the server takes.
  case headersTooLarge
  /// No RAM for the module.
  case insufficientStorage
  /// Flash or the source of randomness failed.
  case `internal`

  /// The HTTP status.
  public var status: UInt16 {
    switch self {
    case .badRequest: 400
    case .forbidden: 403
    case .notFound: 404
    case .methodNotAllowed: 405
    case .timeout: 408
    case .busy, .wrongFirmware, .exportsChanged, .older, .noBase, .unsafePoint: 409
    case .lengthRequired: 411
    case .tooLarge: 413
    case .badEncoding, .notLoadable: 422
    case .headersTooLarge: 431
    case .internal, .notLoaded, .rolledBack, .crashed: 500
    case .insufficientStorage: 507
    }
  }

  /// The value of `error` in the reply, and the reason phrase of its status line.
  public var name: TextLine { TextLine(Self.names, rawValue) }

  /// The names of all cases, in their order.
  private static var names: StaticString {
    """
    bad_request
    forbidden
    not_found
    method_not_allowed
    timeout
    busy
    wrong_firmware
    exports_changed
    older
    no_base
    length_required
    too_large
    bad_encoding
    not_loadable
    not_loaded
    rolled_back
    crashed
    unsafe_point
    headers_too_large
    insufficient_storage
    internal
    """
  }
}

/// A refusal with its reason, for the reply and for `last_error` in the status.
public struct Refusal: Error {
  /// What programs read.
  public var code: RefusalCode
  /// One sentence for people, printf's: at most one `%s` (a text that is kept beside the refusal), then at most two
  /// of `%u` or `%x` (`first`, `second`). The same shape as `LogPort.log`.
  public var detail: TextLine
  /// What the first `%u` or `%x` stands for.
  public var first: UInt32
  /// What the second `%u` or `%x` stands for.
  public var second: UInt32

  /// A refusal; arguments that `detail` does not name may be left out.
  public init(
    _ code: RefusalCode, _ detail: TextLine, _ first: UInt32 = 0, _ second: UInt32 = 0
  ) {
    self.code = code
    self.detail = detail
    self.first = first
    self.second = second
  }
}
