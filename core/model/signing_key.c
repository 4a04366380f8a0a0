#include "core/model/signing_key.h"

#include "core/base/seams.h"
#include "core/model/rule.h"

#define RECORD signing_key
#define RECORD_DEF "core/model/signing_key.def"
#include "core/schema/table.h"

enum { BACK_MS = 5 * 60 * 1000 }; /* the time between asking for a password and the commit */

static bool is_ed25519(struct hash_value key)
{
    return text_is(key.name, "ed25519") && key.bytes.len == sizeof(struct public_key);
}

/* An end is set once and never back in time: signatures made until then stay good. */
static void check_end(const struct signing_key_record *old,
                      const struct signing_key_record *new, struct findings *findings)
{
    if (old->until != 0 ? new->until != old->until
                        : new->until != 0 && new->until < now_ms() - BACK_MS)
        finding_add(findings, SEVERITY_ERROR, &new->head, tag_signing_key_until,
                    N_("A signing key ends once, from now on, and not back in time."));
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t end[] = { tag_signing_key_until, tag_signing_key_why, 0 };
    const struct signing_key_record *key = (const struct signing_key_record *)new;

    rule_keep_but(old, new, end, findings);
    if (old)
        check_end((const struct signing_key_record *)old, key, findings);
    else if (!is_ed25519(key->public_key))
        finding_add(findings, SEVERITY_ERROR, new, tag_signing_key_public_key,
                    N_("A signing key is an Ed25519 key of 32 bytes."));
    if (change_session(change)->officer != key->officer.id &&
        !rule_right(change, RIGHT_ADMINISTER))
        finding_add(findings, SEVERITY_ERROR, new, tag_signing_key_officer,
                    N_("Only the officer or an administrator registers or ends an officer's "
                       "signing key."));
}

static const struct record_rules rules = { .check = check };

const struct record_type signing_key_type = {
    RECORD_TABLE(signing_key),
    .number = 2,
    .name = "signing_key",
    .letters = "K",
    .label = L("Signing key", "簽署密鑰"),
    .plural = L("Signing keys", "簽署密鑰"),
    .help = L("Public keys with which officers' signatures are checked.",
              "用以核實人員簽署的公開密鑰。"),
    .rules = &rules,
    .title = { tag_signing_key_officer },
};
