import Testing

// End to end: the real tool, real edits of copies of Examples/ and Tests/Fixtures/, the firmware in QEMU. A test says
// "until": it waits for a line on a console, never for a time to pass.
//
// Three groups run beside each other; within one, tests take turns: they share the projects that were built once, and a
// machine with two cores.

/// What people and programs do with a device: those who share the projects `basic` and `other`.
@Suite(.serialized, .timeLimit(.minutes(5))) struct SystemTests {}

/// What modules may be made of, chip by chip: each has a project of its own.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ModuleTests {}

/// The component in ESP-IDF's build, and its port on the computer.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ESPIDFTests {}
