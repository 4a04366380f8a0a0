#include "core/model/act_table.h"

#include "core/base/seams.h"
#include "core/model/attachment.h"
#include "core/model/number.h"
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
