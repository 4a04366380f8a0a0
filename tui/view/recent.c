#include "tui/view/recent.h"

#include <string.h>

#include "core/change/desk.h"

static const char file[] = "recent";
enum { KEY_BYTES = 12 };

void recent_load(struct app *app)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct bytes data = { 0 };

    app->recent_count = 0;
    app->recent_changed = false;
    if (desk_read(app->store, app->session.officer, file, arena, &data) != ERR_OK)
        return;
    for (size_t at = 0; at + KEY_BYTES <= data.len && app->recent_count < APP_RECENT;
         at += KEY_BYTES) {
        struct record_key key = record_key_decode(data.data + at);

        if (type_of_key(&key))
            app->recent[app->recent_count++] = key;
    }
}

void recent_add(struct app *app, const struct record_key *key)
{
    struct record_key own = *key;
    int i = 0;

    while (i < app->recent_count && record_key_compare(&app->recent[i], &own) != 0)
        i++;
    if (i == app->recent_count && app->recent_count < APP_RECENT)
        app->recent_count++;
    if (i == APP_RECENT)
        i--;
    memmove(&app->recent[1], &app->recent[0], (size_t)i * sizeof app->recent[0]);
    app->recent[0] = own;
    app->recent_changed = true;
}

void recent_save(struct app *app)
{
    AUTO_BUFFER struct buffer out = { 0 };

    if (!app->recent_changed || app->session.officer == 0)
        return;
    for (int i = 0; i < app->recent_count; i++) {
        uint8_t key[KEY_BYTES];

        record_key_encode(key, &app->recent[i]);
        buffer_put(&out, key, sizeof key);
    }
    if (desk_write(app->store, app->session.officer, file, buffer_bytes(&out)) == ERR_OK)
        app->recent_changed = false;
}
