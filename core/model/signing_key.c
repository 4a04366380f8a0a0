#include "core/model/signing_key.h"

#define RECORD signing_key
#define RECORD_DEF "core/model/signing_key.def"
#include "core/schema/table.h"

const struct record_type signing_key_type = {
    RECORD_TABLE(signing_key),
    .number = 2,
    .name = "signing_key",
    .letters = "K",
    .label = L("Signing key", "簽署密鑰"),
    .plural = L("Signing keys", "簽署密鑰"),
    .help = L("Public keys with which officers' signatures are checked.",
              "用以核實人員簽署的公開密鑰。"),
    .title = { tag_signing_key_officer },
};
