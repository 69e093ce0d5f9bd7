import TestImages
import HotReloadELF
import Testing

@Suite struct ByteViewTests {
  let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]

  private func outcome(_ read: (ByteView) throws(ELFError) -> UInt64) -> ELFError? {
    do throws(ELFError) {
      _ = try read(ByteView(bytes.raw))
      return nil
    } catch { return error }
  }

  @Test func readsLittleEndianAtAnyAlignment() throws {
    let view = ByteView(bytes.raw)
    #expect(try view.byte(at: 7) == 8)
    #expect(try view.half(at: 1) == 0x0302)
    #expect(try view.word(at: 3) == 0x0706_0504)
    #expect(try view.doubleWord(at: 0) == 0x0807_0605_0403_0201)
  }

  @Test(arguments: [UInt32(8), 9, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFC, 0xFFFF_FFFF])
  func refusesEveryReadBehindTheEnd(offset: UInt32) {
    let error = ELFError.outOfBounds(offset)
    #expect(outcome { view throws(ELFError) in UInt64(try view.byte(at: offset)) } == error)
    #expect(outcome { view throws(ELFError) in UInt64(try view.half(at: offset)) } == error)
    #expect(outcome { view throws(ELFError) in UInt64(try view.word(at: offset)) } == error)
    #expect(outcome { view throws(ELFError) in try view.doubleWord(at: offset) } == error)
  }

  @Test func refusesReadsAcrossTheEnd() {
    #expect(
      outcome { view throws(ELFError) in UInt64(try view.half(at: 7)) } == .outOfBounds(7))
    #expect(
      outcome { view throws(ELFError) in UInt64(try view.word(at: 5)) } == .outOfBounds(5))
    #expect(outcome { view throws(ELFError) in try view.doubleWord(at: 1) } == .outOfBounds(1))
  }

  @Test(arguments: [(UInt32(0), UInt32(9)), (8, 1), (4, 0xFFFF_FFFF), (0xFFFF_FFFF, 1), (9, 0)])
  func refusesSlicesOutside(offset: UInt32, count: UInt32) {
    let error = outcome { view throws(ELFError) in
      UInt64(try view.slice(at: offset, count: count).count)
    }
    #expect(error == .outOfBounds(offset))
  }

  @Test func slicesUpToTheEnd() throws {
    let view = ByteView(bytes.raw)
    #expect(try view.slice(at: 8, count: 0).count == 0)
    #expect(try view.slice(at: 2, count: 6).word(at: 2) == 0x0807_0605)
  }

  @Test func endsStringsAtTheNULAndRefusesThoseWithout() throws {
    let text: [UInt8] = Array("ab\0cd".utf8)
    let view = ByteView(text.raw)
    let first: [UInt8] = Array("ab".utf8)
    #expect(try view.string(at: 0).isEqual(to: first.span))
    #expect(try view.string(at: 2).count == 0)
    for offset in [UInt32(3), 4, 5, 6, 0xFFFF_FFFF] {
      #expect(throws: ELFError.unterminatedString(offset)) {
        _ = try ByteView(text.raw).string(at: offset).count
      }
    }
  }
}
