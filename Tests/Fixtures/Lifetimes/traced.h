// An object that says when it comes and goes.
#pragma once

#include <stdio.h>

class Traced {
public:
    explicit Traced(const char *name) : name_(name) { printf("+ %s\n", name_); }
    ~Traced() { printf("- %s\n", name_); }
    Traced(const Traced &) = delete;

    const char *name() const { return name_; }

private:
    const char *name_;
};

/// One object for all files that name it, in a COMDAT group.
inline Traced shared("shared");
