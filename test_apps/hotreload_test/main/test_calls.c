// F35, F48, F49: what reaches a module, and what comes back.
#include "hotreload.h"
#include "reloadable.h"
#include "unity.h"

TEST_CASE("stubs pass on arguments and results of every kind", "[calls][F48][F49]")
{
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_load(&config));
    TEST_ASSERT_EQUAL(-1, reloadable_add(2, -3));
    // ESP-IDF's Unity compares no 64-bit values.
    TEST_ASSERT_TRUE(reloadable_shift_left(0x0123456789abcdefULL, 4) == 0x123456789abcdef0ULL);
    TEST_ASSERT_EQUAL(55, reloadable_sum_of_ten(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    TEST_ASSERT_EQUAL(78, reloadable_sum(12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    TEST_ASSERT_EQUAL(42, reloadable_doubler()(21));
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_unload());
}

TEST_CASE("definitions of required components reach the module", "[calls][F35]")
{
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_load(&config));
    TEST_ASSERT_EQUAL(42, reloadable_definition());
    TEST_ASSERT_EQUAL(7, reloadable_definition_by_language());
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_unload());
}
