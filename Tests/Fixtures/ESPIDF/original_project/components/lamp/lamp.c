#include "lamp.h"

#include "esp_log.h"

static const char *TAG = "lamp";
static int brightness;
static int step_size = 1;

void lamp_init(int step)
{
    step_size = step;
    brightness = 0;
}

int lamp_step(void)
{
    brightness += step_size;
    if (brightness > 100) {
        brightness = 0;
        ESP_LOGI(TAG, "from dark again");
    }
    return brightness;
}
