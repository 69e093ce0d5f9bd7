// The heap of C++, for firmware and modules: the board comes without a C++ library.
#include <stdlib.h>

void *operator new(size_t size)
{
    void *block = malloc(size);
    if (block == nullptr)
        abort();
    return block;
}

void *operator new[](size_t size)
{
    return operator new(size);
}

void operator delete(void *block) noexcept
{
    free(block);
}

void operator delete[](void *block) noexcept
{
    free(block);
}

void operator delete(void *block, size_t) noexcept
{
    free(block);
}

void operator delete[](void *block, size_t) noexcept
{
    free(block);
}
