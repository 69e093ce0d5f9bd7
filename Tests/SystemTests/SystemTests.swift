import Testing

/// End to end: the real tool, real edits of a copy of Examples/basic, the firmware in QEMU.
///
/// One test at a time: they share two built projects, and a machine with two cores. A test says "until": it waits
/// for a line on a console, never for a time to pass.
@Suite(.serialized, .timeLimit(.minutes(5))) struct SystemTests {}
