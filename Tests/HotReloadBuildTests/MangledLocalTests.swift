import Testing

@testable import HotReloadBuild

struct MangledLocalTests {
  /// As clang and GCC mangle them; `c++filt` agrees.
  @Test(arguments: [
    ("_ZZ3runvE5count", ["run"]),
    ("_ZZL5localvE5count", ["local"]),
    ("_ZZ3runvE5count_0", ["run"]),
    ("_ZZN3net4Link4tickEvE5count", ["net", "Link", "tick"]),
    ("_ZZNK3net4Link4tickEiE5count", ["net", "Link", "tick"]),
    ("_ZZN3net12_GLOBAL__N_14tickEvE5count", ["net", "(anonymous namespace)", "tick"]),
    ("_ZZN3netL4tickEvE5count", ["net", "tick"]),
    // Nothing that could be read without knowing all of the language.
    ("_ZZ4slotIiERT_vE5count", ["_Z4slotIiERT_v"]),
    ("_ZZN4LinkC1EvE5count", ["_ZN4LinkC1Ev"]),
    ("_ZZN4LinkplEiE5count", ["_ZN4LinkplEi"]),
    // Broken.
    ("_ZZ99999999999999999999runvE5count", ["_Z99999999999999999999runv"]),
    ("_ZZ9runvE5count", ["_Z9runv"]),
    ("_ZZNE5count", ["_ZN"]),
    ("_ZZE5count", ["_Z"]),
  ])
  func `a function is named as in the source, or as in the object`(
    symbol: String, function: [String]
  ) {
    #expect(MangledLocal(symbol, variable: "count")?.function == function)
  }

  @Test(arguments: ["count", "run.count", "_ZL5count", "_ZZ3runvE6counts", ""])
  func `other symbols are not of a function`(symbol: String) {
    #expect(MangledLocal(symbol, variable: "count") == nil)
  }
}
