import Testing

@testable import HotReloadBuild

struct ShellWordsTests {
  @Test(
    arguments: [
      ("", []),
      ("  cc  -c\ta.c ", ["cc", "-c", "a.c"]),
      (#"cc -DNAME=\"x\" a\ b.c"#, ["cc", #"-DNAME="x""#, "a b.c"]),
      (
        #"'single "quoted" \n' "double 'quoted' \" \$ \n""#,
        [#"single "quoted" \n"#, #"double 'quoted' " $ \n"#]
      ),
      (#"a"b"'c'd "" ''"#, ["abcd", "", ""]),
      ("a\\\nb", ["ab"]),
      ("grüße", ["grüße"]),
    ] as [(String, [String])])
  func `words are split as a shell splits them`(line: String, words: [String]) throws {
    #expect(try ShellWords.split(line) == words)
  }

  @Test(
    arguments: [
      ([], ""), (["cmake", "--build", "/b/x-1.2_3"], "cmake --build /b/x-1.2_3"),
      (["cmake", "--build", "/my build"], "cmake --build '/my build'"),
      (["$a", "it's", "", "*"], #"'$a' 'it'\''s' '' '*'"#), (["grüße"], "grüße"),
    ] as [([String], String)])
  func `words make a line that a shell splits into them`(words: [String], line: String) throws {
    #expect(ShellWords.line(words) == line)
    #expect(try ShellWords.split(line) == words)
  }

  @Test(arguments: [
    ("a 'b", ShellWords.Problem.unterminatedQuote), ("a \"b", .unterminatedQuote),
    ("a \"b\\", .unterminatedQuote), ("a\\", .trailingBackslash),
  ])
  func `open quotes are refused`(line: String, problem: ShellWords.Problem) {
    #expect(throws: problem) { try ShellWords.split(line) }
  }
}
