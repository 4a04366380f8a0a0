#!/bin/sh
# embed.sh NAME FILE: prints C source that holds FILE as the constants NAME and NAME_size. A zero,
# which is not counted, follows the last byte: text is a string, and an empty file is still C.
set -eu

[ $# -eq 2 ] && [ -r "$2" ] || { echo 'usage: embed.sh NAME FILE' >&2; exit 64; }
echo "/* Made from $(basename "$2") by embed.sh. */"
echo '#include <stddef.h>'
echo "extern const unsigned char $1[];"
echo "extern const size_t $1_size;"
echo "const unsigned char $1[] = {"
od -An -v -tu1 "$2" | sed 's/[0-9][0-9]*/&,/g'
echo '0 };'
echo "const size_t $1_size = sizeof($1) - 1;"
