/// What one thing took, many times.
struct Samples {
  /// Milliseconds, in ascending order.
  private(set) var sorted: [Double]

  init(_ durations: [Duration]) { sorted = durations.map { $0 / .milliseconds(1) }.sorted() }

  var median: Double {
    guard let middle = sorted.dropFirst((sorted.count - 1) / 2).first else { return .nan }
    return sorted.count % 2 == 1 ? middle : (middle + sorted[sorted.count / 2]) / 2
  }
  var least: Double { sorted.first ?? .nan }
  var most: Double { sorted.last ?? .nan }

  /// `median (least to most)`.
  var text: String { "\(decimal(median)) (\(decimal(least)) to \(decimal(most)))" }
}

/// With so many decimals: one below 1000.
func decimal(_ number: Double, _ places: Int? = nil) -> String {
  guard number.isFinite else { return "–" }
  let places = places ?? (abs(number) < 1000 ? 1 : 0)
  var unit = 1
  for _ in 0..<places { unit *= 10 }
  let scaled = Int((abs(number) * Double(unit)).rounded())
  let sign = number < 0 && scaled > 0 ? "−" : ""
  guard places > 0 else { return sign + grouped(scaled) }
  let rest = String(scaled % unit)
  return sign + grouped(scaled / unit) + "." + String(repeating: "0", count: places - rest.count)
    + rest
}

/// Thousands apart.
func grouped(_ number: Int) -> String {
  var text = ""
  for (index, digit) in String(abs(number)).reversed().enumerated() {
    if index > 0, index % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return (number < 0 ? "−" : "") + String(text.reversed())
}
