# Text of JSON documents. The functions escape; string(JSON) does not.
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)
cmake_policy(VERSION 3.20...3.25)

# A JSON string.
function(_hotreload_json_text result text)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  set(${result} "\"${text}\"" PARENT_SCOPE)
endfunction()

# A JSON array of strings.
function(_hotreload_json_list result list)
  set(items "")
  foreach(item IN LISTS list)
    _hotreload_json_text(item "${item}")
    list(APPEND items "${item}")
  endforeach()
  list(JOIN items ", " items)
  set(${result} "[${items}]" PARENT_SCOPE)
endfunction()
