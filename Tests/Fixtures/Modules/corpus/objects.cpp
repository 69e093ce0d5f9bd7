// Objects with constructors and destructors, and functions that are called when the module comes and goes: the build
// links its lifecycle function.
#include "firmware.h"
#include "hotreload_module.h"

namespace {

struct Object {
    int number;
    Object *previous;
    static Object *last;
    explicit Object(int number) : number(firmware_numbers[number]), previous(last) { last = this; }
    ~Object() { last = previous; }
    virtual int value() const { return number; }
};
Object *Object::last;

struct Derived : Object {
    alignas(64) char line[64];
    explicit Derived(int number) : Object(number), line{} {}
    int value() const override { return number + line[0]; }
};

Object first{1};
Derived second{2};
__attribute__((init_priority(200))) Object early{3};

int on_load(hotreload_load_reason_t reason) { return reason == HOTRELOAD_LOAD_RESTORED; }
void on_unload(hotreload_unload_reason_t) { Object::last = nullptr; }

}  // namespace

HOTRELOAD_ON_LOAD(on_load);
HOTRELOAD_ON_UNLOAD(on_unload);

extern "C" int objects_sum()
{
    static Object local{4};
    int sum = local.value();
    for (Object *object = Object::last; object != nullptr; object = object->previous)
        sum += object->value();
    return sum;
}
