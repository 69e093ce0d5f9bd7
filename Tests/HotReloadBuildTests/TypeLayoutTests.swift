import Testing

@testable import HotReloadBuild

/// The texts that layout hashes are made of: whatever the compiler, the same.
struct TypeLayoutTests {
  static let expectedC = [
    "counter": "u4", "small": "i1", "shared": "i4", "ratio": "f4", "flag": "b1", "mode": "e4",
    "letter": "u1", "matrix": "[2][3]i4", "list": "{next@0:*node,value@4:u4}8", "head": "*node",
    "anything": "*void", "callback": "*()", "table": "[4]**i4", "names": "**u1",
    "bits": "{low@0+5:u4,high@8+9:u4,byte@3:u1,on@32+1:b1}8",
    "nested": "{@0:|whole@0:i4,half@0:[2]i2|4,nodes@4:[2]{next@0:*node,value@4:u4}8,"
      + "origin@20:{x@0:i4,y@4:i4}8,rest@28:[]i4}28",
    "packed": "{tag@0:u1,value@1:i4}5", "impedance": "c8", "tick::calls": "i4", "run::inner": "i4",
  ]

  @Test(arguments: ["-gdwarf-4", "-gdwarf-5"], ["-O0", "-Os", "-O3"])
  func `clang, whatever the version and the optimisation`(version: String, level: String)
    async throws
  {
    let bytes = try await KeptFixture.link(
      [try KeptFixture.source("state.c")], .c, [version, level])
    let found = try KeptFixture.layouts(bytes)
    #expect(found == Self.expectedC)
  }

  @Test(arguments: ["gcc-dwarf4.so", "gcc-dwarf5.so"])
  func `GCC, the same`(file: String) throws {
    var expected = Self.expectedC
    // Plain char has a sign on that machine.
    expected["letter"] = "i1"
    expected["names"] = "**i1"
    expected["packed"] = "{tag@0:i1,value@1:i4}5"
    let found = try KeptFixture.layouts(KeptFixture.bytes(file))
    #expect(found == expected)
  }

  static let expectedCxx = [
    "net::received": "i4", "net::(anonymous namespace)::dropped": "i4", "net::Link::count": "i4",
    "net::Link::tick::calls": "i4", "net::inlined::calls": "i4",
    "derived": "{:@0:{id@0:i4}4,extra@4:i4,inner@8:*Inner}12", "member": "m",
    "nothing": "n",
  ]

  @Test(arguments: ["-gdwarf-4", "-gdwarf-5"], ["-O0", "-Os"])
  func `C++ from clang`(version: String, level: String) async throws {
    let bytes = try await KeptFixture.link(
      [try KeptFixture.source("state.cpp")], .cxx, [version, level])
    let found = try KeptFixture.layouts(bytes)
    #expect(found == Self.expectedCxx)
  }

  @Test func `C++ from GCC`() throws {
    let found = try KeptFixture.layouts(KeptFixture.bytes("gcc-cxx-dwarf5.so"))
    #expect(found == Self.expectedCxx)
  }

  @Test func `the hash is FNV-1a of the text`() {
    #expect(TypeLayout(text: "u4").hash == FNV1a.hash(of: "u4".utf8))
    #expect(TypeLayout(text: "u4").hash != TypeLayout(text: "i4").hash)
  }
}
