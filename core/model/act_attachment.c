#include "core/model/act_table.h"

#include "core/base/seams.h"
#include "core/model/attachment.h"
#include "core/model/number.h"
#include "core/model/questions.h"
#include "core/model/rehash.h"
#include "core/model/relate.h"

enum err attachment_prepare(struct session *session, const struct act_call *call,
                            struct arena *arena, const void **prepared)
{
    const struct attachment_record *input = call->input;
    struct kept_file *file = arena_alloc(arena, sizeof *file);
    AUTO_ARENA struct arena *reading = arena_new();
    struct bytes data;
    char *path;

    if (!text_present(input->path))
        return fail(ERR_INVALID, N_("Name the file on this machine that is to be attached."));
    path = arena_string(reading, input->path);
    if (!file_is_plain(path))
        return fail(ERR_MISSING,
                    N_("There is no file %s that can be read. Give its whole path."), path);
    TRY(file_read(reading, path, (size_t)ATTACHMENT_MEGABYTES << 20, &data));
    TRY(attachment_keep(session->store, data, input->path, arena, file));
    *prepared = file;
    return ERR_OK;
}

enum err build_attachment(struct change *change, const struct act_call *call)
{
    const struct kept_file *file = call->prepared;
    struct record *record;
    struct attachment_record *attachment;

    TRY(make_from_input(change, call, &record));
    attachment = (struct attachment_record *)record;
    TRY(number_serial(change, attachment_type.letters, &attachment->number));
    TRY(relate_case_of(change, attachment->about, &attachment->of_case));
    attachment->path = (struct text){ 0 };
    attachment->original_name = file->name;
    attachment->media_type = file->media_type;
    attachment->bytes = (struct integer){ true, (int64_t)file->bytes };
    attachment->hash =
        (struct hash_value){ TEXT("sha-256"), { file->hash.byte, sizeof file->hash.byte } };
    return change_put(change, record);
}

/* ---- writing out ---- */

struct export
{
    char *path;
    struct bytes data;
    struct text number, hash;
};

/* The attachment as whoever works may read it. */
static enum err attachment_at(struct session *session, const struct record_key *key,
                              struct arena *arena, struct attachment_record **out)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    TRY(store_begin(&txn, session->store));
    TRY(record_permit(txn, key, ACCESS_READ));
    TRY(record_get(txn, key, 0, arena, &record));
    if (record->type != &attachment_type)
        return fail(ERR_INVALID, N_("%s is no attachment. Files are attachments: AT-1."),
                    key_name(arena, key));
    *out = (struct attachment_record *)record;
    return ERR_OK;
}

static struct text hash_text(const struct attachment_record *attachment, struct arena *arena)
{
    AUTO_BUFFER struct buffer hex = { 0 };

    hex_encode(&hex, attachment->hash.bytes);
    return arena_text(arena, buffer_as_text(&hex));
}

/* The file is read and compared, and its new place is taken; nothing stands there before the journal says so. */
enum err attachment_export_prepare(struct session *session, const struct act_call *call,
                                   struct arena *arena, const void **prepared)
{
    const struct act_attachment_export *input = call->input;
    struct export *export = arena_alloc(arena, sizeof *export);
    struct attachment_record *attachment = NULL;

    if (!text_present(input->path))
        return fail(ERR_INVALID, N_("Name the new file that is to be written."));
    TRY(attachment_at(session, &call->subject, arena, &attachment));
    TRY(attachment_read(session->store, attachment, arena, &export->data));
    export->path = arena_string(arena, input->path);
    export->number = attachment->number;
    export->hash = hash_text(attachment, arena);
    if (file_is_within(export->path, store_folder(session->store)))
        return fail(ERR_REFUSED,
                    N_("%s cannot be written: its folder is not there, or is the store's own. "
                       "Choose another folder."),
                    export->path);
    TRY(file_new(export->path, 0600));
    *prepared = export;
    return ERR_OK;
}

enum err build_attachment_export(struct change *change, const struct act_call *call)
{
    const struct act_attachment_export *input = call->input;
    struct record *record;
    struct attachment_record *attachment;

    TRY(get_subject(change, call, &record));
    attachment = (struct attachment_record *)record;
    attachment->exported = moment_of_ms(now_ms(), OFFSET_HONG_KONG);
    attachment->exports.value = attachment->exports.present ? attachment->exports.value + 1 : 1;
    attachment->exports.present = true;
    change_body(change)->remark = input->path;
    return change_put(change, record);
}

/* Where it was not saved, or cannot be written now, the empty file goes again. */
enum err attachment_export_finish(struct session *session, const struct act_call *call,
                                  enum err outcome, struct change_result *result)
{
    const struct export *export = call->prepared;
    struct message why;

    (void)session;
    if (outcome == ERR_OK)
        outcome = file_replace(export->path, export->data, 0600);
    if (outcome == ERR_OK) {
        message_set(&result->note, N_("Attachment %s is written to %s. SHA-256: %s"),
                    arena_string(result->arena, export->number), export->path,
                    arena_string(result->arena, export->hash));
        return ERR_OK;
    }
    message_copy(&why, last_failure());
    (void)file_remove(export->path);
    return fail_message(outcome, &why);
}

/* ---- what the program found ---- */

enum err build_attachment_check(struct change *change, const struct act_call *call)
{
    const struct attachment_checks *checks = call->input;

    for (size_t i = 0; i < checks->count; i++) {
        struct record *record;
        struct attachment_record *attachment;

        TRY(change_get(change, &checks->items[i].key, &record));
        attachment = (struct attachment_record *)record;
        attachment->file_state = text_of(checks->items[i].state);
        attachment->file_checked = text_present(attachment->file_state)
                                       ? moment_of_ms(now_ms(), OFFSET_HONG_KONG)
                                       : (struct moment){ 0 };
        TRY(change_put(change, record));
    }
    return ERR_OK;
}
