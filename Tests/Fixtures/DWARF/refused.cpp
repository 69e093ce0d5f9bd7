// A kept variable of a class that bytes do not copy. What GCC makes of it:
//
//   g++ -m32 -ffreestanding -nostdlib -shared -fPIC -Os -std=c++17 -fno-exceptions -fno-rtti -gdwarf-5 refused.cpp \
//     -Wl,--defsym=__dso_handle=0 -o gcc-refused.so
#define KEEP __attribute__((used, section(".hotreload.keep")))

struct Owner {
    int *memory = nullptr;
    Owner() = default;
    ~Owner() { *memory = 0; }
};
struct Pool {
    int size;
    Owner owners[2];
};
KEEP static Pool pool;

extern "C" int run() { return pool.size; }
