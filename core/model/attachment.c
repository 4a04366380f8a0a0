#include "core/model/attachment.h"

#include "core/base/seams.h"
#include "core/model/choices.h"
#include "core/model/number.h"
#include "core/model/rule.h"
#include "i18n/text.h"

#include <string.h>

#define RECORD attachment
#define RECORD_DEF "core/model/attachment.def"
#include "core/schema/table.h"

enum { NAME_MOST = 120, SNIFFED = 512 };

/* ---- the file ---- */

/* What a terminal or another system takes amiss: control and bidi characters, what paths and shells read otherwise; a dot
 * or a hyphen at the start. */
static bool may_stand(struct text one, bool valid, bool first)
{
    static const char amiss[] = "<>:\"|?*$`&;!'";

    return valid && text_acceptable(one, TEXT_ONE_LINE) &&
           !(one.len == 1 && strchr(amiss, *one.data)) &&
           !(first && (*one.data == '.' || *one.data == '-'));
}

/* The last part of a path, with nothing in it that does not stand well in a name. */
static struct text clean_name(struct text path, struct arena *arena)
{
    AUTO_BUFFER struct buffer out = { 0 };
    size_t at = path.len, step;
    uint32_t point;
    bool valid;

    while (at > 0 && path.data[at - 1] != '/' && path.data[at - 1] != '\\')
        at--;
    for (; at < path.len; at += step) {
        step = text_decode(path.data + at, path.len - at, &point, &valid);
        if (out.len + step > NAME_MOST)
            break;
        if (may_stand((struct text){ path.data + at, step }, valid, out.len == 0))
            buffer_put(&out, path.data + at, step);
        else
            buffer_byte(&out, '_');
    }
    while (out.len > 0 && (out.data[out.len - 1] == ' ' || out.data[out.len - 1] == '.'))
        out.len--;
    return out.len > 0 ? arena_text(arena, buffer_as_text(&out)) : TEXT("_");
}

static bool is_plain_text(struct bytes data)
{
    size_t len = data.len < SNIFFED ? data.len : SNIFFED;

    for (size_t i = 0; i < len; i++)
        if (data.data[i] < 0x09 || (data.data[i] > 0x0D && data.data[i] < 0x20))
            return false;
    return text_is_utf8((struct text){ (const char *)data.data, data.len });
}

static struct text media_type_of(struct bytes data)
{
    static const struct {
        size_t at, len;
        const char *bytes, *type;
    } marks[] = {
        { 0, 3, "\xFF\xD8\xFF", "image/jpeg" }, { 0, 8, "\x89PNG\r\n\x1A\n", "image/png" },
        { 0, 4, "GIF8", "image/gif" },          { 0, 4, "II*\0", "image/tiff" },
        { 0, 4, "MM\0*", "image/tiff" },        { 8, 4, "WEBP", "image/webp" },
        { 0, 5, "%PDF-", "application/pdf" },   { 0, 4, "PK\3\4", "application/zip" },
        { 4, 4, "ftyp", "video/mp4" },          { 0, 4, "\x1A\x45\xDF\xA3", "video/webm" },
        { 8, 4, "WAVE", "audio/wav" },          { 0, 3, "ID3", "audio/mpeg" },
        { 8, 4, "AVI ", "video/x-msvideo" },    { 0, 4, "OggS", "audio/ogg" },
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (data.len >= marks[i].at + marks[i].len &&
            memcmp(data.data + marks[i].at, marks[i].bytes, marks[i].len) == 0)
            return text_of(marks[i].type);
    return is_plain_text(data) ? TEXT("text/plain") : TEXT("application/octet-stream");
}

enum err attachment_keep(struct store *store, struct bytes data, struct text name,
                         struct arena *arena, struct kept_file *out)
{
    if (data.len > (size_t)ATTACHMENT_MEGABYTES << 20)
        return fail(
            ERR_INVALID,
            N_("The file is too large to attach: at most %d MB. Keep it on a disk as an "
               "exhibit, and attach a list of its hash values."),
            ATTACHMENT_MEGABYTES);
    if (data.len == 0)
        return fail(ERR_INVALID, N_("The file is empty. Check that it is the right file."));
    out->bytes = data.len;
    out->name = clean_name(name, arena);
    out->media_type = media_type_of(data);
    return blob_put(store, data, &out->hash);
}

enum err attachment_read(struct store *store, const struct attachment_record *attachment,
                         struct arena *arena, struct bytes *data)
{
    struct hash256 hash;

    if (!text_is(attachment->hash.name, "sha-256") ||
        attachment->hash.bytes.len != sizeof hash.byte)
        return fail(ERR_DAMAGED, N_("Attachment %s does not say which file it is."),
                    arena_string(arena, attachment->number));
    memcpy(hash.byte, attachment->hash.bytes.data, sizeof hash.byte);
    TRY(blob_get(store, &hash, arena, data));
    if (data->len != (size_t)attachment->bytes.value)
        return fail(ERR_DAMAGED, N_("Attachment %s is not as long as it was."),
                    arena_string(arena, attachment->number));
    return ERR_OK;
}

/* ---- the record ---- */

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_attachment_number,  tag_attachment_about,
                                         tag_attachment_of_case, tag_attachment_original_name,
                                         tag_attachment_bytes,   tag_attachment_media_type,
                                         tag_attachment_hash,    0 };
    const struct attachment_record *attachment = (const struct attachment_record *)new;

    (void)change;
    rule_keep(old, new, for_ever, findings);
    if (attachment->hash.bytes.len == 0)
        finding_add(findings, SEVERITY_ERROR, new, tag_attachment_hash,
                    N_("An attachment has a file. Name one that can be read."));
    if (text_present(attachment->path))
        finding_add(findings, SEVERITY_ERROR, new, tag_attachment_path,
                    N_("The path of a file on this machine is not kept in a record."));
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type attachment_type = {
    RECORD_TABLE(attachment),
    .number = 18,
    .name = "attachment",
    .letters = "AT",
    .label = L("Attachment", "附件"),
    .plural = L("Attachments", "附件"),
    .help = L("Files and photographs, held by their hash.", "檔案及照片，按雜湊值保存。"),
    .rules = &rules,
    .title = { tag_attachment_title },
};
