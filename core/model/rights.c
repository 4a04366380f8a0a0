#include "core/model/rights.h"

#include "core/index/records.h"
#include "core/model/elements.h"

static const struct {
    const char *role;
    unsigned rights;
} role_rights[] = {
    { "desk", RIGHT_READ | RIGHT_ADD | RIGHT_AMEND | RIGHT_MOVE | RIGHT_EXPORT },
    { "supervisor", RIGHT_READ | RIGHT_ADD | RIGHT_AMEND | RIGHT_APPROVE | RIGHT_MOVE |
                        RIGHT_DISPOSE | RIGHT_EXPORT },
    { "clerk", RIGHT_READ | RIGHT_MOVE | RIGHT_DISPOSE | RIGHT_EXPORT },
    { "prosecutor", RIGHT_READ | RIGHT_EXPORT },
    { "auditor", RIGHT_READ | RIGHT_EXPORT },
    { "administrator", RIGHT_READ | RIGHT_ADMINISTER | RIGHT_EXPORT },
};

unsigned rights_of_role(struct text role)
{
    for (size_t i = 0; i < sizeof role_rights / sizeof *role_rights; i++)
        if (text_is(role, role_rights[i].role))
            return role_rights[i].rights;
    return 0;
}

unsigned rights_of(const struct officer_record *officer)
{
    const struct role_item *roles = officer->roles.items;
    unsigned rights = 0;

    if (!text_is(officer->state, "active") || officer->voided == FLAG_YES)
        return 0;
    for (size_t i = 0; i < officer->roles.count; i++)
        rights |= rights_of_role(roles[i].role);
    return rights;
}

const struct label *right_label(enum right right)
{
    static const struct {
        enum right right;
        struct label label;
    } labels[] = {
        { RIGHT_READ, L("read", "查閱") },
        { RIGHT_ADD, L("add", "新增") },
        { RIGHT_AMEND, L("amend", "修改") },
        { RIGHT_APPROVE, L("approve", "審批") },
        { RIGHT_MOVE, L("move exhibits", "移動證物") },
        { RIGHT_DISPOSE, L("dispose", "處置") },
        { RIGHT_EXPORT, L("export", "匯出") },
        { RIGHT_ADMINISTER, L("administer", "系統管理") },
        { RIGHT_WORK, L("work on files or exhibits", "處理案件或證物") },
    };

    for (size_t i = 1; i < sizeof labels / sizeof *labels; i++)
        if (labels[i].right == right)
            return &labels[i].label;
    return &labels[0].label;
}

enum err rights_now(struct txn *txn, const struct session *session, unsigned *rights)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct record_key key = { .id = session->officer };
    struct record *record;
    unsigned now;

    if (session->officer == 0) { /* the maker of a store works before there are officers */
        *rights = ~0U;
        return ERR_OK;
    }
    TRY(record_get(txn, &key, 0, arena, &record));
    now = rights_of((const struct officer_record *)record);
    if (now == 0)
        return fail(ERR_REFUSED,
                    N_("This account is no longer in post. Ask an administrator."));
    *rights = now;
    return ERR_OK;
}
