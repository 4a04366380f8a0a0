#include "core/change/session.h"

#include <string.h>
#include <unistd.h>

#include "core/base/seams.h"

/* "d3b07384-d9a0-4c9b-8f3e-6f2c0b1f9a11\n" as 16 bytes. A system without one is none the worse. */
static void read_boot(uint8_t out[16])
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer digits = { 0 };
    AUTO_BUFFER struct buffer boot = { 0 };
    struct bytes file;

    memset(out, 0, 16);
    if (file_read(arena, "/proc/sys/kernel/random/boot_id", 64, &file) != ERR_OK)
        return;
    for (size_t i = 0; i < file.len; i++)
        if (file.data[i] != '-' && file.data[i] != '\n')
            buffer_byte(&digits, file.data[i]);
    if (hex_decode(&boot, buffer_as_text(&digits)) && boot.len == 16)
        memcpy(out, boot.data, 16);
}

static void read_terminal(char *out, size_t room)
{
    char path[64];
    const char *name = "-";

    if (ttyname_r(STDIN_FILENO, path, sizeof path) == 0)
        name = strncmp(path, "/dev/", 5) == 0 ? path + 5 : path;
    size_t len = strnlen(name, room - 1);

    memcpy(out, name, len);
    out[len] = '\0';
}

void session_start(struct session *session, struct store *store, const struct lookup *lookup)
{
    *session = (struct session){ .store = store, .language = LANGUAGE_BOTH, .lookup = lookup };
    random_bytes(session->id, sizeof session->id);
    read_boot(session->boot);
    read_terminal(session->terminal, sizeof session->terminal);
    memcpy(session->who, session->terminal, sizeof session->terminal);
}

void session_end(struct session *session)
{
    secret_clear(&session->signer, sizeof session->signer);
    secret_clear(&session->other, sizeof session->other);
    secret_clear(&session->third, sizeof session->third);
    session->officer = 0;
    session->rights = 0;
}
