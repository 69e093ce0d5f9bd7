// The functions of the modules: 64 each.
// SPDX-License-Identifier: MIT
#pragma once

#define EIGHT(FUNCTION, prefix) \
    FUNCTION(prefix##0) FUNCTION(prefix##1) FUNCTION(prefix##2) FUNCTION(prefix##3) \
    FUNCTION(prefix##4) FUNCTION(prefix##5) FUNCTION(prefix##6) FUNCTION(prefix##7)
#define SIXTY_FOUR(FUNCTION, prefix) \
    EIGHT(FUNCTION, prefix##0) EIGHT(FUNCTION, prefix##1) EIGHT(FUNCTION, prefix##2) EIGHT(FUNCTION, prefix##3) \
    EIGHT(FUNCTION, prefix##4) EIGHT(FUNCTION, prefix##5) EIGHT(FUNCTION, prefix##6) EIGHT(FUNCTION, prefix##7)

#define SHORT_FUNCTIONS(FUNCTION) SIXTY_FOUR(FUNCTION, s)
#define LONG_FUNCTIONS(FUNCTION) \
    SIXTY_FOUR(FUNCTION, a_name_that_is_so_much_longer_than_the_others_that_reading_it_would_show_)

#define DECLARE(name) int name(int number);
SHORT_FUNCTIONS(DECLARE)
LONG_FUNCTIONS(DECLARE)
