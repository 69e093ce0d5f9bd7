/// One line of the doctor's report.
struct Check: Encodable, Equatable, Sendable {
  enum State: String, Encodable, Sendable {
    case ok
    /// Needed, and not there or not right.
    case missing
    /// Not needed for everything, or not asked for.
    case note
  }

  /// What was looked at.
  var name: String
  var state: State
  /// What was found.
  var detail: String
  /// What to do about it.
  var hint: String?
}
