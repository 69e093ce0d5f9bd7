#pragma once

/// The module's.
void run(void);
/// What the second file of the module answers when it is loaded.
extern int answer_of_second;
