// hotreload.h without hotreload: CONFIG_HOTRELOAD_ENABLE=n. The components are linked as any
// others, so there is nothing to load; their functions of hotreload_module.h are called where a
// load or unload would call them. Nothing else, of the network or of the flash, is touched.
// SPDX-License-Identifier: MIT
#include "../../include/hotreload.h"
#include "../../include/hotreload_module.h"

#ifndef HOTRELOAD_DISABLED
#error "The build defines HOTRELOAD_DISABLED for all components, or they register no functions"
#endif

/// In the order of the link, and of the lines in a file.
static hotreload_listed_t *on_load, *on_unload;
static bool is_loaded;

static bool comes_before(const hotreload_listed_t *hook, const hotreload_listed_t *other)
{
    return hook->unit != other->unit ? (uintptr_t)hook->unit < (uintptr_t)other->unit
                                     : hook->line < other->line;
}

/// Called by constructors, in an order of the platform's choice.
static void insert(hotreload_listed_t **list, hotreload_listed_t *hook)
{
    while (*list != NULL && comes_before(*list, hook))
        list = &(*list)->next;
    hook->next = *list;
    *list = hook;
}

void hotreload_add_on_load(hotreload_listed_t *hook)
{
    insert(&on_load, hook);
}

void hotreload_add_on_unload(hotreload_listed_t *hook)
{
    insert(&on_unload, hook);
}

/// Last first.
static void let_go(const hotreload_listed_t *hook, hotreload_unload_reason_t reason)
{
    if (hook == NULL)
        return;
    let_go(hook->next, reason);
    ((void (*)(hotreload_unload_reason_t))hook->called)(reason);
}

static esp_err_t load(void)
{
    if (is_loaded)
        return ESP_OK;
    for (const hotreload_listed_t *hook = on_load; hook != NULL; hook = hook->next) {
        if (((int (*)(hotreload_load_reason_t))hook->called)(HOTRELOAD_LOAD_FIRST) == 0)
            continue;
        // As in a module: what the others have started does not go on.
        if (hook != on_load)
            let_go(on_unload, HOTRELOAD_UNLOAD_REPLACEMENT);
        return ESP_FAIL;
    }
    is_loaded = true;
    return ESP_OK;
}

esp_err_t hotreload_load(const hotreload_config_t *config)
{
    return config == NULL || config->partition_label == NULL ? ESP_ERR_INVALID_ARG : load();
}

esp_err_t hotreload_reload(const hotreload_config_t *config)
{
    return hotreload_load(config);
}

esp_err_t hotreload_reload_all(void)
{
    return load();
}

esp_err_t hotreload_unload(void)
{
    if (!is_loaded)
        return ESP_ERR_INVALID_STATE;
    is_loaded = false;
    let_go(on_unload, HOTRELOAD_UNLOAD_FINAL);
    return ESP_OK;
}

esp_err_t hotreload_unload_partition(const char *partition_label)
{
    // Modules cannot be told apart any more: the functions of all of them wait for
    // hotreload_unload().
    return partition_label == NULL ? ESP_ERR_INVALID_ARG : ESP_OK;
}

bool hotreload_update_available(void)
{
    return false;
}

esp_err_t hotreload_confirm(void)
{
    return ESP_OK;
}

esp_err_t hotreload_load_from_buffer(const void *elf_data, size_t elf_size)
{
    (void)elf_size;
    return elf_data == NULL ? ESP_ERR_INVALID_ARG : load();
}

esp_err_t hotreload_update_partition(const char *partition_label,
                                     const void *elf_data, size_t elf_size)
{
    const bool is_nothing = partition_label == NULL || elf_data == NULL || elf_size == 0;
    return is_nothing ? ESP_ERR_INVALID_ARG : ESP_OK;
}

esp_err_t hotreload_server_start(const hotreload_server_config_t *config)
{
    return config == NULL ? ESP_ERR_INVALID_ARG : ESP_OK;
}

esp_err_t hotreload_server_attach(void *server, const hotreload_server_config_t *config)
{
    return server == NULL || config == NULL ? ESP_ERR_INVALID_ARG : ESP_OK;
}

esp_err_t hotreload_server_stop(void)
{
    return ESP_OK;
}
