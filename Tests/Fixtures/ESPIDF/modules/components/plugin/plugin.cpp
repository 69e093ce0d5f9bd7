#include "plugin.h"

extern "C" const char message[] asm("_binary_message_txt_start");

namespace {
class Adder {
public:
    explicit Adder(int number) : number_(number) {}
    int add(int other) const { return number_ + other; }

private:
    int number_;
};
}  // namespace

int plugin_run(int number)
{
    return Adder(number).add(message[0]);
}
