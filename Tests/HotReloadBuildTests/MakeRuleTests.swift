import SystemPackage
import Testing

@testable import HotReloadBuild

struct MakeRuleTests {
  @Test(
    arguments: [
      ("object: a.c b.h\n", ["a.c", "b.h"]),
      ("object: a.c \\\n  b.h \\\n c.h\n\nb.h:\n", ["a.c", "b.h", "c.h"]),
      ("object: a.c \\\r\n b.h\r\n", ["a.c", "b.h"]),
      (##"object: a\ b.c c\#d.h e$$f.h g\h.h"##, ["a b.c", "c#d.h", "e$f.h", #"g\h.h"#]),
      ("object : a.swift b.h\n", ["a.swift", "b.h"]),
      ("object:\n", []),
    ] as [(String, [String])])
  func `rules of compilers are read`(text: String, prerequisites: [String]) {
    let rule = MakeRule(parsing: Array(text.utf8))
    #expect(
      rule == MakeRule(target: "object", prerequisites: prerequisites.map { FilePath($0) }))
  }

  @Test(arguments: ["", "\n\n", "no rule\n"])
  func `what is no rule is refused`(text: String) {
    #expect(MakeRule(parsing: Array(text.utf8)) == nil)
  }

  @Test func `what is written is read back`() {
    let rule = MakeRule(
      target: "a b", prerequisites: ["/x/y z.c", "/x/#1.h", "/x/$HOME.h", "/ü.h"])
    #expect(MakeRule(parsing: Array(rule.text.utf8)) == rule)
  }
}
