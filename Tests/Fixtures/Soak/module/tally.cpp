// A global object that has memory of its own for as long as its module is loaded.
#include "tally.h"

#include <stdint.h>
#include <stdlib.h>

#include "variant.h"

namespace {

class Tally {
public:
    Tally() : cells(static_cast<uint32_t *>(malloc(size)))
    {
        if (cells != nullptr)
            cells[0] = SOAK_VARIANT;
    }
    ~Tally() { free(cells); }
    bool is_right() const { return cells != nullptr && cells[0] == SOAK_VARIANT; }

private:
    static constexpr size_t size = 64;
    uint32_t *cells;
};

Tally tally;

}  // namespace

bool tally_is_right(void)
{
    return tally.is_right();
}
