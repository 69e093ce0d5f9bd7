import HotReloadStore
import Testing

@Test func `store errors have distinct codes in snake case, and sentences`() {
  let errors: [StoreError] = [
    .unusablePartition, .emptyImage, .imageTooLarge, .imageIncomplete, .plainImageInTheWay,
    .imageReplaced, .flashNotAsWritten, .flashFailed,
  ]
  let codes = errors.map { "\($0.code)" }
  #expect(Set(codes).count == errors.count)
  for code in codes { #expect(code.allSatisfy { $0 == "_" || $0.isLowercase }, "\(code)") }
  for error in errors { #expect("\(error.message)".contains(" "), "\(error)") }
}
