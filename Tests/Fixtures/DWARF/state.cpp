// Kept variables of C++. What GCC makes of it:
//
//   g++ -m32 -ffreestanding -nostdlib -shared -fPIC -Os -std=c++17 -fno-exceptions -fno-rtti -gdwarf-5 state.cpp \
//     -o gcc-cxx-dwarf5.so
#define KEEP __attribute__((used, section(".hotreload.keep")))

namespace net {
KEEP static int received;
namespace {
KEEP int dropped;
}
struct Link {
    static int count;
    int speed = 1;
    int tick();
};
KEEP int Link::count = 2;
int Link::tick() { KEEP static int calls; return ++calls; }
static inline int inlined() { KEEP static int calls; return ++calls; }
}  // namespace net

struct Base {
    int id;
    constexpr Base(int id) : id(id) {}
    Base(const Base &) = default;
    Base(Base &&) = delete;
    ~Base() = default;
    Base &operator=(const Base &) = default;
    int twice(const Base &other) { return 2 * other.id; }
};
struct Derived : Base {
    int extra;
    constexpr Derived() : Base(1), extra(2) {}
    class Inner *inner = nullptr;
    static int ignored;
};
KEEP Derived derived;
KEEP static int Derived::*member;
KEEP static decltype(nullptr) nothing;

extern "C" int run()
{
    net::Link link;
    return net::received + net::dropped + net::inlined() + link.tick() + derived.twice(derived);
}
