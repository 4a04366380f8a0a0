/* Packages that lie apart: each is in one place, the one that the events say, and went there by hands that signed (declared in
 * custody_verify_parts.h). */
#include "core/model/custody_verify_parts.h"

#include "core/model/elements.h"

/* Where the packages lie that do not lie with the exhibit, as far as the events have been read. */
struct apart {
    struct package_item *items;
    size_t count;
};

static struct package_item *lying(const struct apart *apart, int64_t package)
{
    for (size_t i = 0; i < apart->count; i++)
        if (apart->items[i].package.value == package)
            return &apart->items[i];
    return NULL;
}

static bool with_exhibit(const struct custody_event_record *event,
                         const struct package_item *item)
{
    return item->holder.id == event->holder.id && item->located.id == event->located.id;
}

/* What lies with the exhibit again lies apart no more. */
static void gather(struct apart *apart, const struct custody_event_record *event)
{
    size_t kept = 0;

    for (size_t i = 0; i < apart->count; i++)
        if (!with_exhibit(event, &apart->items[i]))
            apart->items[kept++] = apart->items[i];
    apart->count = kept;
}

static void move(struct custody_check *check, const struct chain *chain,
                 const struct custody_event_record *event, struct apart *apart)
{
    const struct package_item *said = event->packages.items;

    for (size_t i = 0; i < event->packages.count; i++) {
        struct package_item *item = lying(apart, said[i].package.value);
        struct reference from = item ? item->holder : event->from_holder;

        if (from.id != said[i].holder.id && event->discrepancy != FLAG_YES) {
            party_check(check, chain, event, from);
            party_check(check, chain, event, said[i].holder);
        }
        if (item)
            *item = said[i];
        else
            apart->items[apart->count++] = said[i];
    }
    gather(apart, event);
}

static void compare(struct custody_check *check, const struct chain *chain,
                    const struct apart *apart)
{
    const struct exhibit_record *exhibit = chain->exhibit;
    const struct package_item *parts = exhibit->parts.items;
    bool same = exhibit->parts.count == apart->count;

    for (size_t i = 0; same && i < exhibit->parts.count; i++) {
        const struct package_item *item = lying(apart, parts[i].package.value);

        same = item && item->holder.id == parts[i].holder.id &&
               item->located.id == parts[i].located.id;
        for (size_t k = 0; same && k < i; k++)
            same = parts[k].package.value != parts[i].package.value;
    }
    if (!same)
        verify_contradiction(
            check->v,
            N_("Exhibit %s: its packages do not lie where its events say, or one "
               "of them lies in two places."),
            chain->name);
}

void packages_check(struct custody_check *check, const struct chain *chain)
{
    struct apart apart = { 0 };
    struct moment newest = { 0 };
    size_t most = 0;

    for (size_t i = 0; i < chain->count; i++)
        most += chain->events[i]->packages.count;
    apart.items = arena_array(check->arena, most + 1, sizeof *apart.items);
    for (size_t i = 0; i < chain->count; i++) {
        if (moment_compare(chain->events[i]->occurred, newest) < 0)
            continue; /* entered late, it moves nothing */
        newest = chain->events[i]->occurred;
        move(check, chain, chain->events[i], &apart);
    }
    compare(check, chain, &apart);
}
