// Has the module check the language, reloads it twenty times by itself, and then whenever there is an update.
#include <malloc.h>
#include <stdio.h>

#include "board.h"
#include "firmware.h"
#include "hotreload.h"

enum { RELOADS = 20, WORK_BETWEEN_RELOADS = 5 };

int32_t firmware_level = 7;
static int held, failed;
static int32_t objects;

void firmware_check(bool holds, const char *what)
{
    ++*(holds ? &held : &failed);
    if (!holds)
        printf("does not hold: %s\n", what);
}

point_t firmware_middle(point_t a, point_t b)
{
    return (point_t){(a.x + b.x) / 2, (a.y + b.y) / 2};
}

int32_t firmware_visit(visitor_t visitor, void *context, int32_t count)
{
    int32_t sum = 0;
    for (int32_t i = 0; i < count; i++)
        sum += visitor(context, i);
    return sum;
}

void firmware_count_objects(int32_t change)
{
    objects += change;
}

static int allocated(void)
{
    return (int)mallinfo().uordblks;
}

static void work_and_reload(const hotreload_config_t *config, const char *who)
{
    for (int i = 1; i <= WORK_BETWEEN_RELOADS; i++)
        firmware_check(language_work() == i, who);
    firmware_check(objects > 0, "objects live");
    ESP_ERROR_CHECK(hotreload_reload(config));
}

int main(void)
{
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(hotreload_load(&config));
    hotreload_server_config_t server_config = HOTRELOAD_SERVER_CONFIG_DEFAULT();
    server_config.max_elf_size = 512 * 1024;
    ESP_ERROR_CHECK(hotreload_server_start(&server_config));

    language_check();
    text_check(42);
    printf("%d checks held, %d failed\n", held, failed);

    // The first pass allocates what stays, stdio's and the like.
    work_and_reload(&config, "the state is new in the first module");
    const int before = allocated();
    for (int i = 0; i < RELOADS; i++)
        work_and_reload(&config, "the state is new after a reload");
    printf("after %d reloads: %d bytes more, %d objects, generation %d, %d checks failed\n", RELOADS,
           allocated() - before, (int)objects, (int)language_generation(), failed);

    while (true) {
        printf("the answer is %d\n", (int)language_answer());
        while (!hotreload_update_available())
            board_delay_ms(10);
        work_and_reload(&config, "the state is new before an update");
    }
}
