// A firmware that switches to whatever is uploaded, and says each time what it runs and how much memory is in use.
#include <malloc.h>
#include <stdio.h>

#include "board.h"
#include "hotreload.h"
#include "soak.h"

enum { POLL_PERIOD_MS = 1 };

/// One line: what happened, what came of it, the module's two answers, bytes in use for modules and by malloc.
static void report(const char *event, esp_err_t error)
{
    const unsigned answer = (unsigned)soak_answer(), count = (unsigned)soak_count();
    const unsigned heap = (unsigned)mallinfo().uordblks;
    printf("soak: %s %#x answer %u count %u memory %u heap %u\n", event, (unsigned)error, answer, count,
           (unsigned)board_module_memory_used(), heap);
}

int main(void)
{
    const hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    hotreload_server_config_t server = HOTRELOAD_SERVER_CONFIG_DEFAULT();
    printf("a device for the soak test\n");  // the stream has its buffer now
    ESP_ERROR_CHECK(hotreload_server_start(&server));
    report("start", hotreload_load(&config));
    while (true) {
        if (hotreload_update_available())
            report("reload", hotreload_reload(&config));
        board_delay_ms(POLL_PERIOD_MS);
    }
}
