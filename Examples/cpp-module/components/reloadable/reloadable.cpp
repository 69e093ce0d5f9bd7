// The code to play with: edit it while the firmware runs, then `hotreload reload`.
#include "reloadable.h"

#include <stdio.h>

#include "board.h"

namespace {

/// Counts greetings; what they say is a subclass's business.
class Greeter {
public:
    virtual ~Greeter() = default;

    void greet(const char *name)
    {
        printf("%s, %s, from %s! %d\n", word(), name, board_version(), count_++);
    }

private:
    virtual const char *word() const = 0;

    int count_ = 0;
};

class FriendlyGreeter final : public Greeter {
public:
    FriendlyGreeter() { printf("A greeter comes.\n"); }
    ~FriendlyGreeter() override { printf("A greeter goes.\n"); }

private:
    const char *word() const override { return "Hello"; }
};

/// Made when the module is loaded, destroyed when another takes its place.
FriendlyGreeter greeter;

}  // namespace

void reloadable_hello(const char *name)
{
    greeter.greet(name);
}
