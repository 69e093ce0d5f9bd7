// Which variant of the module this is: tests replace this file.
#pragma once

#define SOAK_VARIANT 1
/// Bytes of constants that it carries along.
#define SOAK_SIZE 16
/// What it answers to being loaded.
#define SOAK_REFUSAL 0
/// What it does before it answers.
#define SOAK_BEFORE_ANSWER ((void)0)
