#!/usr/bin/env bash
# Required and mandatory rules of MISRA C:2012 as far as cppcheck's addon knows them: none is broken.
# Advisory rules that emitted code breaks, and why: the article Proofs in the documentation.
#
#   misra.sh SOURCE.c...
set -euo pipefail
command -v cppcheck > /dev/null || { echo "cppcheck is not installed: run Tests/install" >&2; exit 1; }
# 2.3 to 2.7 unused things, 8.9 tables at file scope, 15.4 and 15.5 several exits: advisory.
accepted='misra-c2012-\(2\.[3-7]\|8\.9\|15\.[45]\)'
# Those of float.h, which cppcheck does not read.
macros=(-DFLT_EVAL_METHOD=0 -DDBL_MANT_DIG=53 -DDBL_MAX_EXP=1024)
# No MISRA rule, and wrong of find_best in this file: an output is always left there, so `next` is one.
wrong=--suppress='arrayIndexOutOfBounds:*digits_reader.c'
for source in "$@"; do
  findings=$(cppcheck "${macros[@]}" --addon=misra --std=c99 -q --suppress=missingIncludeSystem "$wrong" \
    --template='{file}:{line}: {id}' "$source" 2>&1)
  # Every source breaks some advisory rule: without findings the addon did not run.
  if ! grep -q "$accepted" <<< "$findings"; then
    echo "$source: cppcheck's MISRA addon found nothing at all: $findings"
    exit 1
  fi
  echo "$(basename "$source"): $(grep -c . <<< "$findings") advisory findings"
  if grep -v "$accepted" <<< "$findings"; then
    echo "$source breaks a rule that is not on the list of deviations"
    exit 1
  fi
done
