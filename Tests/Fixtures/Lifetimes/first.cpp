// What C++ has to offer, in the file that is linked first.
#include "lifetimes.h"

#include <stdint.h>
#include <string.h>

#include "traced.h"

const char *name_of_shared();
Traced &local(int);

static Traced first("first");
static Traced again("again");

namespace {

int failures;

#define CHECK(condition) do { \
        if (!(condition)) { \
            printf("= line %d: not so: %s\n", __LINE__, #condition); \
            failures++; \
        } \
    } while (0)

// Virtual functions, two bases, a virtual base.
struct Shape {
    virtual ~Shape() = default;
    virtual int area() const = 0;
    virtual int corners() const { return 0; }
};

struct Named {
    virtual const char *name() const { return "named"; }
    int padding = 5;
};

struct Square : Shape, Named {
    explicit Square(int side) : side(side) {}
    int area() const override { return side * side; }
    int corners() const override { return 4; }
    const char *name() const override { return "square"; }
    int side;
};

struct Left : virtual Named {
    int left = 1;
};
struct Right : virtual Named {
    int right = 2;
};
struct Both : Left, Right {
    const char *name() const override { return "both"; }
};

int destroyed;

struct Circle final : Shape {
    ~Circle() override { destroyed++; }
    int area() const override { return 3; }
};

// Templates: of functions, classes and values, variadic ones.
template <typename T> T largest(T value) { return value; }
template <typename T, typename... Rest> T largest(T value, Rest... rest)
{
    const T other = largest<T>(rest...);
    return value > other ? value : other;
}

template <typename T, int capacity> class Stack {
public:
    void push(const T &value) { values_[count_++] = value; }
    T pop() { return values_[--count_]; }
    static int stacks;

private:
    T values_[capacity];
    int count_ = 0;
};
template <typename T, int capacity> int Stack<T, capacity>::stacks = capacity;

template <typename Function> int twice(Function function, int value) { return function(function(value)); }

int computed = largest(1, 7, 5);
constexpr int table[] = {1, 4, 9, 16};

int (Shape::*const member)() const = &Shape::corners;

void check_virtual_functions()
{
    Square square(3);
    Shape *volatile shape = &square;
    Named *volatile named = &square;
    CHECK(shape->area() == 9 && (shape->*member)() == 4);
    CHECK(strcmp(named->name(), "square") == 0 && named->padding == 5);
    Both both;
    Named *volatile base = &both;
    CHECK(strcmp(base->name(), "both") == 0 && both.left + both.right == 3);
    destroyed = 0;
    Shape *volatile circle = new Circle;
    CHECK(circle->area() == 3 && circle->corners() == 0);
    delete circle;
    CHECK(destroyed == 1);
}

void check_templates()
{
    CHECK(computed == 7);
    CHECK(largest<int64_t>(5, 1LL << 40, 3) == 1LL << 40);
    Stack<const char *, 3> stack;
    stack.push("one");
    stack.push("two");
    CHECK(strcmp(stack.pop(), "two") == 0 && strcmp(stack.pop(), "one") == 0);
    CHECK((Stack<int, 9>::stacks == 9));
    int offset = 5;
    CHECK(twice([&](int value) { return value + table[2] + offset; }, 1) == 29);
}

void check_objects()
{
    CHECK(&local(1) == &local(2));
    CHECK(name_of_shared() == shared.name());
    CHECK(strcmp(first.name(), "first") == 0 && strcmp(again.name(), "again") == 0);
    int *numbers = new int[4]{1, 2, 3, 4};
    int sum = 0;
    for (int index = 0; index < 4; index++)
        sum += numbers[index];
    delete[] numbers;
    CHECK(sum == 10);
}

}  // namespace

void run(void)
{
    failures = 0;
    check_virtual_functions();
    check_templates();
    check_objects();
    printf("= %s\n", failures == 0 ? "all right" : "not all right");
}
