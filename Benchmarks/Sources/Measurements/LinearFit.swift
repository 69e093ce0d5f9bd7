/// `constant + perByte · bytes + perFixup · fixups`, as near to what was measured as it gets.
package struct LinearFit: Sendable {
  package var constant: Double
  package var perByte: Double
  package var perFixup: Double

  /// Least squares of the relative deviations: without, only the largest modules would count. Nil where the
  /// measurements do not decide it.
  package init?(_ measured: [(shape: LoadShape, instructions: Int)]) {
    // The normal equations, a row for each parameter; the last column is the right side.
    var rows = [[Double]](repeating: [Double](repeating: 0, count: 4), count: 3)
    for (shape, instructions) in measured {
      let weight = 1 / Double(instructions)
      let terms = [weight, weight * Double(shape.bytes), weight * Double(shape.fixups), 1]
      for row in 0..<3 {
        for column in 0..<4 { rows[row][column] += terms[row] * terms[column] }
      }
    }
    for pivot in 0..<3 {
      guard abs(rows[pivot][pivot]) > 1e-30 else { return nil }
      for row in 0..<3 where row != pivot {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for column in 0..<4 { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    (constant, perByte, perFixup) = (
      rows[0][3] / rows[0][0], rows[1][3] / rows[1][1], rows[2][3] / rows[2][2]
    )
  }

  /// Instructions for a shape.
  package func instructions(_ shape: LoadShape) -> Double {
    constant + perByte * Double(shape.bytes) + perFixup * Double(shape.fixups)
  }

  /// How far a measurement is from the line: 0.01 is one percent above it.
  package func deviation(_ shape: LoadShape, _ instructions: Int) -> Double {
    Double(instructions) / self.instructions(shape) - 1
  }
}
