#!/usr/bin/env bash
# The month that has ended: a proven copy of the book, the month-end pack, and the check of book, copy and pack.
# For cron (0 6 1 * * month-end.sh) or the systemd timer beside it.
#
#   month-end.sh [MONTH]        MONTH is last (the usual one) or such as 2026-10
#
#   BRANCHBOOK_FILE             the book
#   BRANCHBOOK_PACKS            the folder of the packs [default: packs, beside the book]
#   BRANCHBOOK_COPIES           the folder of the copies [default: copies, beside the book]
#   BRANCHBOOK                  the program [default: branchbook]
#
# The login that runs it is that of a service, which reads, packs and copies, and enters nothing. A clerk enters it once:
#   branchbook staff add month-end --name 月末任务 --department general --role service --login LOGIN --by BRANCH-MANAGER
#
# The pack's page and workbook are in the language of the office, whatever the locale here is. A clerk tells it once:
#   branchbook config set language zh --everybody
#
# Exit codes: 0 all is done and sound; 7 the month has not ended, nothing was done; else that of the first step that failed, as
# branchbook help options tells them (5: a check found something). A step that fails keeps none of the others from being taken.
set -u -o pipefail

month=${1:-last}
book=${BRANCHBOOK_FILE:?names the book}
program=${BRANCHBOOK:-branchbook}
packs=${BRANCHBOOK_PACKS:-$(dirname "$book")/packs}
copies=${BRANCHBOOK_COPIES:-$(dirname "$book")/copies}
failed=0

step() {
    "$program" "$@" --no-input
    local code=$?
    if [ "$code" -ne 0 ]; then
        echo "month-end: branchbook $1 left with $code" >&2
        [ "$failed" -ne 0 ] || failed=$code
    fi
    return "$code"
}

mkdir -p "$packs" "$copies" || exit 1
pack=$(step report month "$month" --ended-only --output "$packs" --quiet)
failed=$?
[ "$failed" -ne 7 ] || exit 7
[ -z "$pack" ] || echo "$pack"
copy=$(step backup "$copies/" --keep monthly=24 --quiet) || [ "$failed" -ne 0 ] || failed=$?
[ -z "$copy" ] || echo "$copy"
step verify
[ -z "$copy" ] || step verify --against "$copy"
[ -z "$pack" ] || step verify --against "$pack"
exit "$failed"
