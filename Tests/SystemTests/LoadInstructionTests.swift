import Measurements
import Testing

extension ModuleTests {
  /// How many instructions a load takes on the virtual chips, by QEMU's count: the same number every time.
  @Suite struct LoadInstructionTests {
    @Test(arguments: Board.all)
    func aLoadIsLinearInBytesAndFixups(on board: Board) async throws {
      let counts = try await CountingFirmware.counts(on: board)
      let measured = zip(LoadShape.few, counts.loads.map(\.instructions)).map { ($0, $1) }
      let fit = try #require(LinearFit(measured), "\(measured)")
      for (shape, instructions) in measured {
        let deviation = fit.deviation(shape, instructions)
        #expect(abs(deviation) < 0.02, "\(shape): \(instructions) is \(deviation) off \(fit)")
      }
    }

    /// 64 functions each, whose names are 3 and 75 bytes long.
    @Test(arguments: Board.all)
    func noNameIsReadWhenAModuleIsLoaded(on board: Board) async throws {
      let counts = try await CountingFirmware.counts(on: board)
      let loads = Workload.regression.loads
      let short = try #require(loads.firstIndex(of: Workload.Load(Workload.named.shape)))
      let long = try #require(loads.firstIndex(of: Workload.named))
      let difference = counts.loads[long].instructions - counts.loads[short].instructions
      // The firmware asks its tables in turn which of them a module belongs to.
      #expect(abs(difference) < 64, "\(counts.loads[long]), \(counts.loads[short])")
    }
  }
}
