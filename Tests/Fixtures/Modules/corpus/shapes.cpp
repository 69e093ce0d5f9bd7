// Virtual functions, several bases, templates, pointers to members: -fno-exceptions -fno-rtti.
#include "corpus.h"

// Weak, in sections of their own that other files may have as well.
template <typename Value> Value largest(Value left, Value right) { return left < right ? right : left; }

inline int &counter()
{
    static int count = 5;
    return count;
}

namespace {

struct Named {
    virtual const char *name() const = 0;
};
struct Shape {
    int width, height;
    constexpr Shape(int width, int height) : width(width), height(height) {}
    virtual int area() const { return width * height; }
    virtual int scaled(int factor) const { return area() * factor; }
};
struct Square : Shape, Named {
    constexpr explicit Square(int side) : Shape(side, side) {}
    const char *name() const override { return "square"; }
    int scaled(int factor) const override { return imported_add(area(), factor); }
};
struct Circle final : Shape, virtual Named {
    explicit Circle(int radius) : Shape(radius, 3) {}
    int area() const override { return width * width * height; }
    const char *name() const override { return firmware_name; }
};

template <int Count> struct Table {
    int (*functions[Count])(int);
    int call(int index, int argument) const { return functions[index % Count](argument); }
};

constinit Square square{7};
const Named *const named[] = {&square};
constinit Table<3> table = {{corpus_goto, [](int value) { return value + counter(); }, corpus_many}};
int (Shape::*const members[])(int) const = {&Shape::scaled};

}  // namespace

int corpus_shapes(int kind)
{
    Circle circle{kind};
    const Shape *shapes[] = {&square, &circle};
    const Shape *shape = shapes[kind & 1];
    counter() += (shape->*members[0])(kind);
    return largest(shape->area(), table.call(kind, shape->scaled(kind)))
        + named[0]->name()[kind & 3] + static_cast<const Named &>(circle).name()[0];
}
