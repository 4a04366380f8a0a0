#include "core/model/act_table.h"

#include "core/model/custody.h"
#include "core/model/questions.h"
#include "core/model/types.h"

#define ACT(name_, form_, type_, right_, build_, ...)                                          \
    &(const struct act){ .name = (name_),                                                      \
                         .form = ACT_##form_,                                                  \
                         .type = &type_##_type,                                                \
                         .right = RIGHT_##right_,                                              \
                         .build = build_,                                                      \
                         __VA_ARGS__ },
#define HOUSE(name_, build_, ...)                                                              \
    &(const struct act){ .name = (name_),                                                      \
                         .form = ACT_FREE,                                                     \
                         .right = RIGHT_READ,                                                  \
                         .build = build_,                                                      \
                         .hidden = true,                                                       \
                         __VA_ARGS__ },
const struct act *const acts[] = {
#include "core/model/acts.def"
    NULL,
};
