#include "core/model/custody_package.h"

#include "core/model/location.h"
#include "core/model/officer.h"

static struct package_item lies(const struct exhibit_record *exhibit, int64_t package)
{
    const struct package_item *parts = exhibit->parts.items;

    for (size_t i = 0; i < exhibit->parts.count; i++)
        if (parts[i].package.value == package)
            return parts[i];
    return (struct package_item){ .package = { true, package },
                                  .holder = exhibit->holder,
                                  .located = exhibit->located,
                                  .seal = exhibit->seal };
}

static bool with_exhibit(const struct exhibit_record *exhibit, const struct package_item *part)
{
    return part->holder.id == exhibit->holder.id && part->located.id == exhibit->located.id;
}

static bool named(struct list packages, int64_t package)
{
    const struct package_item *items = packages.items;

    for (size_t i = 0; i < packages.count; i++)
        if (items[i].package.value == package)
            return true;
    return false;
}

void custody_packages_put(struct arena *arena, struct exhibit_record *exhibit,
                          struct list packages)
{
    const struct package_item *before = exhibit->parts.items, *said = packages.items;
    struct package_item *parts;
    size_t count = 0;

    if (exhibit->parts.count + packages.count == 0)
        return;
    parts = arena_array(arena, exhibit->parts.count + packages.count, sizeof *parts);
    for (size_t i = 0; i < exhibit->parts.count; i++)
        if (!named(packages, before[i].package.value) && !with_exhibit(exhibit, &before[i]))
            parts[count++] = before[i];
    for (size_t i = 0; i < packages.count; i++)
        if (!with_exhibit(exhibit, &said[i]))
            parts[count++] = said[i];
    exhibit->parts = (struct list){ count > 0 ? parts : NULL, count };
}

static bool is_officer(struct reference reference)
{
    return reference.id != 0 && id_kind(reference.id) == officer_type.number;
}

static void compare(const struct package_item *part, const struct exhibit_item *row,
                    struct custody_step *step)
{
    if (is_officer(part->holder) && step->released_by.id != 0 &&
        step->released_by.id != part->holder.id)
        difference_add(&step->breaches, (struct difference_item){ .about = TEXT("holder"),
                                                                  .recorded = part->holder,
                                                                  .found = step->released_by });
    if (text_present(row->seal_seen) && !text_equal(row->seal_seen, part->seal))
        difference_add(&step->breaches,
                       (struct difference_item){
                           .about = TEXT("seal"),
                           .recorded_words = text_present(part->seal) ? part->seal : TEXT("-"),
                           .found_words = row->seal_seen });
}

/* Each package that the rows name of this exhibit, as it lies now. */
static enum err packages_of(struct change *change, const struct exhibit_record *exhibit,
                            struct custody_step *step, struct list rows,
                            struct package_item **out, size_t *count)
{
    const struct exhibit_item *items = rows.items;

    *out = arena_array(change_arena(change), rows.count + 1, sizeof **out);
    *count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        int64_t package = items[i].package.value;

        if (items[i].exhibit.id != exhibit->head.key.id || !items[i].package.present)
            continue;
        if (package < 1 || !exhibit->packages.present || package > exhibit->packages.value)
            return fail(ERR_INVALID, N_("Exhibit %s has %lld packages, and no package %lld."),
                        arena_string(change_arena(change), exhibit->number),
                        (long long)exhibit->packages.value, (long long)package);
        (*out)[*count] = lies(exhibit, package);
        compare(&(*out)[(*count)++], &items[i], step);
    }
    return ERR_OK;
}

enum err custody_leave_packages(struct change *change, const struct exhibit_record *exhibit,
                                struct custody_step *step, struct list rows)
{
    struct package_item *packages;
    size_t count;

    TRY(packages_of(change, exhibit, step, rows, &packages, &count));
    step->packages = (struct list){ count > 0 ? packages : NULL, count };
    return ERR_OK;
}

enum err custody_take_packages(struct change *change, struct exhibit_record *exhibit,
                               const struct custody_step *step, struct list rows)
{
    struct custody_step own = *step;
    struct package_item *packages;
    size_t count;

    TRY(packages_of(change, exhibit, &own, rows, &packages, &count));
    for (size_t i = 0; i < count && step->holder.id != 0; i++) {
        bool from_store = id_kind(packages[i].holder.id) == location_type.number;

        packages[i].holder = step->holder;
        if (step->located.id != 0 ||
            from_store) /* what leaves a store is not on its shelf any more */
            packages[i].located = step->located;
    }
    own.packages = (struct list){ packages, count };
    own.apart = true;
    own.holder = own.located = own.released_by = (struct reference){ 0 };
    own.state = NULL;
    own.seal_seen = (struct text){ 0 };
    return custody_take(change, exhibit, &own);
}
