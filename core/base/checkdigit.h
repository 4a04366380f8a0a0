/* Check digits of numbers that papers carry, and of our own.
 *
 * Real papers contain wrong numbers, so a wrong digit is a warning that an officer may overrule
 * with a reason, never a refusal. Vectors are in tests/unit/test_checkdigit.c.
 */
#ifndef TIDEWAITER_CORE_BASE_CHECKDIGIT_H
#define TIDEWAITER_CORE_BASE_CHECKDIGIT_H

#include "core/base/memory.h"

#define CHECK_SCHEMES(X)                                                                       \
    X(CONTAINER, "ISO 6346")                                                                   \
    X(IMO, "IMO ship number")                                                                  \
    X(HKID, "Hong Kong identity card")                                                         \
    X(PARCEL, "UPU S10")                                                                       \
    X(AIR_WAYBILL, "IATA air waybill")                                                         \
    X(MRZ, "ICAO 9303")                                                                        \
    X(RESIDENT_ID, "GB 11643")                                                                 \
    X(USCC, "GB 32100")                                                                        \
    X(IMEI, "IMEI")                                                                            \
    X(GS1, "GS1")                                                                              \
    X(VIN, "ISO 3779")                                                                         \
    X(OWN, "ISO 7064 MOD 37-2")                                                                \
    X(DAMM, "Damm")

#define CHECK_NAME(name, standard) CHECK_##name,
enum check_scheme { CHECK_NONE, CHECK_SCHEMES(CHECK_NAME) CHECK_COUNT };
#undef CHECK_NAME

enum check_result {
    CHECK_GOOD,
    CHECK_BAD_FORM,  /* not of the scheme's form: length or characters */
    CHECK_BAD_DIGIT, /* the form is right; *expected says the character that would be */
};
const char *check_standard(enum check_scheme scheme);
/* The scheme is kept in some parts of the world only (VIN): a wrong digit needs no reason. */
bool check_advisory(enum check_scheme scheme);
/* Spaces, hyphens, slashes and brackets in `number` are passed over; lower case counts as
 * upper. *expected (may be NULL) is set wherever the form is right. CHECK_NONE finds everything
 * good. */
enum check_result check_number(enum check_scheme scheme, struct text number, char *expected);
/* The check character of our own labels (ISO 7064 MOD 37-2: 0-9, A-Z or '*'); the same
 * characters are passed over. 0: the body is empty or holds other characters. */
char check_own(struct text body);

#endif
