# What the build functions were asked, one JSON object a line, in <build>/standin/.
# SPDX-License-Identifier: MIT

# Forgets what an earlier run of CMake recorded.
function(standin_record_begin)
  file(REMOVE_RECURSE "${CMAKE_BINARY_DIR}/standin")
endfunction()

# Adds a member to the text of an object: a key and a list.
function(standin_add_member variable key list)
  make_json_list("${list}" value)
  if(NOT "${${variable}}" STREQUAL "")
    string(APPEND ${variable} ", ")
  endif()
  set(${variable} "${${variable}}\"${key}\": ${value}" PARENT_SCOPE)
endfunction()

# Adds a line to a file of records.
function(standin_record file members)
  file(APPEND "${CMAKE_BINARY_DIR}/standin/${file}" "{${members}}\n")
endfunction()
