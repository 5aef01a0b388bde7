# Texts that travel inside the binary: the library's modules and the pages of the diagnostics.
#
#   crenel_embed(TARGET HEADER <header> NAMESPACE <namespace> LOOKUP <function> NAMES <function>
#                FOLDER <folder> FILES <file>... [PREFIX <prefix>] [FLAT] [WHOLE_NAMES])
#
# makes the static library TARGET, which defines the two functions that HEADER declares in NAMESPACE:
#   std::optional<std::string_view> LOOKUP(std::string_view name);
#   std::vector<std::string_view> NAMES();
# A text's name is PREFIX and its path under FOLDER, without the extension; with FLAT, its file name alone; with
# WHOLE_NAMES, with the extension.
# The library is made again when a text changes; give FILES by a glob with CONFIGURE_DEPENDS to notice new ones.
#
# Run as a script (`cmake -P`), this file writes the C++ source: so nothing but CMake is needed.

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  # A compiler need not take a literal of more than 65,536 bytes, and some stop at 16,380: cut well below, at line ends.
  set(longest 12000)
  set(delimiter "crenel")
  set(EMBED_ROWS "")
  set(EMBED_COUNT 0)
  foreach(entry IN LISTS EMBED_ENTRIES)
    string(FIND "${entry}" "=" equals)
    string(SUBSTRING "${entry}" 0 ${equals} name)
    math(EXPR path_at "${equals} + 1")
    string(SUBSTRING "${entry}" ${path_at} -1 path)
    file(READ "${path}" rest)
    # A checkout with CRLF line ends embeds the same bytes as any other.
    string(REPLACE "\r\n" "\n" rest "${rest}")
    string(FIND "${rest}" ")${delimiter}\"" clash)
    if(NOT clash EQUAL -1)
      message(FATAL_ERROR "${path}: a text to embed may not contain )${delimiter}\"")
    endif()
    set(literals "")
    string(LENGTH "${rest}" left)
    while(left GREATER longest)
      string(SUBSTRING "${rest}" 0 ${longest} chunk)
      string(FIND "${chunk}" "\n" cut REVERSE)
      if(cut EQUAL -1)
        message(FATAL_ERROR "${path}: a line of more than ${longest} bytes cannot be embedded")
      endif()
      math(EXPR cut "${cut} + 1")
      string(SUBSTRING "${rest}" 0 ${cut} chunk)
      string(SUBSTRING "${rest}" ${cut} -1 rest)
      string(LENGTH "${rest}" left)
      string(APPEND literals "R\"${delimiter}(${chunk})${delimiter}\"\n")
    endwhile()
    string(APPEND literals "R\"${delimiter}(${rest})${delimiter}\"sv")
    string(APPEND EMBED_ROWS "    Text{\"${name}\"sv, ${literals}},\n")
    math(EXPR EMBED_COUNT "${EMBED_COUNT} + 1")
  endforeach()
  configure_file("${CMAKE_CURRENT_LIST_DIR}/embedded.cpp.in" "${EMBED_OUTPUT}" @ONLY)
  # configure_file keeps the time stamp of an unchanged result; the build would then run this step for ever.
  file(TOUCH "${EMBED_OUTPUT}")
  return()
endif()

set(CRENEL_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_FILE}" CACHE INTERNAL "")

function(crenel_embed target)
  cmake_parse_arguments(EMBED "FLAT;WHOLE_NAMES" "HEADER;NAMESPACE;LOOKUP;NAMES;FOLDER;PREFIX" "FILES" ${ARGN})
  set(entries "")
  foreach(path IN LISTS EMBED_FILES)
    if(EMBED_FLAT)
      cmake_path(GET path STEM LAST_ONLY name)
    else()
      file(RELATIVE_PATH name "${EMBED_FOLDER}" "${path}")
      if(NOT EMBED_WHOLE_NAMES)
        cmake_path(REMOVE_EXTENSION name LAST_ONLY)
      endif()
    endif()
    list(APPEND entries "${EMBED_PREFIX}${name}=${path}")
  endforeach()
  list(SORT entries)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp")
  cmake_path(GET CRENEL_EMBED_SCRIPT PARENT_PATH folder)
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DEMBED_HEADER=${EMBED_HEADER}" "-DEMBED_NAMESPACE=${EMBED_NAMESPACE}"
            "-DEMBED_LOOKUP=${EMBED_LOOKUP}" "-DEMBED_NAMES=${EMBED_NAMES}" "-DEMBED_ENTRIES=${entries}"
            "-DEMBED_OUTPUT=${output}" -P "${CRENEL_EMBED_SCRIPT}"
    DEPENDS ${EMBED_FILES} "${CRENEL_EMBED_SCRIPT}" "${folder}/embedded.cpp.in"
    COMMENT "Embedding the texts of ${target}"
    VERBATIM)
  add_library(${target} STATIC "${output}")
  target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}")
  # No warnings: they would be about the texts (g++ complains of a backslash before a space at a line's end).
  target_compile_options(${target} PRIVATE -w)
endfunction()
