import Measurements
import Testing

@Suite struct LinearFitTests {
  /// Sizes and fixups of `LoadShape.few`, with what a load takes by `cost`.
  private func measured(_ cost: (Double, Double) -> Double) -> [(LoadShape, Int)] {
    LoadShape.few.map { ($0, Int(cost(Double($0.bytes), Double($0.fixups)).rounded())) }
  }

  private func worst(_ measured: [(LoadShape, Int)]) throws -> Double {
    let fit = try #require(LinearFit(measured))
    return measured.map { abs(fit.deviation($0.0, $0.1)) }.max() ?? 0
  }

  @Test func aLineIsFound() throws {
    let fit = try #require(LinearFit(measured { 30_000 + 6 * $0 + 100 * $1 }))
    #expect(abs(fit.constant - 30_000) < 1)
    #expect(abs(fit.perByte - 6) < 0.001)
    #expect(abs(fit.perFixup - 100) < 0.01)
  }

  @Test("what is no line is seen", arguments: [0.001, 0.0001])
  func curve(_ squared: Double) throws {
    #expect(try worst(measured { 30_000 + 6 * $0 + 100 * $1 }) < 0.001)
    #expect(try worst(measured { bytes, _ in 30_000 + 6 * bytes + squared * bytes * bytes }) > 0.01)
    #expect(try worst(measured { 30_000 + 6 * $0 + 100 * $1 + 10 * squared * $1 * $1 }) > 0.01)
  }
}

@Suite struct ChangeTests {
  @Test(
    arguments: [
      (1000, 1020, nil, false), (1000, 1021, 1021, true), (1000, 980, nil, false),
      (1000, 979, 979, false), (3, 4, 4, true), (0, 0, nil, false), (0, 1, 1, true),
    ] as [(Int, Int, Int?, Bool)])
  func growthBeyondTheToleranceIsARegression(
    before: Int, now: Int, reported: Int?, isRegression: Bool
  ) {
    let changes = Change.all(from: ["size": before], to: ["size": now])
    #expect(changes.first?.now == reported)
    #expect(changes.contains(where: \.isRegression) == isRegression)
  }

  @Test func aFigureThatIsNotInTheFileOrNotMeasuredIsReported() {
    #expect(
      Change.all(from: ["gone": 1, "same": 2], to: ["new": 3, "same": 2])
        == [Change(name: "gone", before: 1, now: nil), Change(name: "new", before: nil, now: 3)])
  }
}
