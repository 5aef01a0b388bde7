cmake_minimum_required(VERSION 3.20)
include("${CMAKE_CURRENT_LIST_DIR}/CrenelListing.cmake")

# The step that crenel_add_templates runs for one source: compiles, keeps the list of outputs true, marks it done.
# Compiling leaves the time of a template that did not change, so the mark of time is a file of its own.
execute_process(COMMAND "${CRENEL}" build "${SOURCE}" -o "${FOLDER}" ${OPTIONS} --quiet
    --depfile "${DEPFILE}" --depfile-target "${STAMP}"
  RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "crenel could not compile ${SOURCE}")
endif()

execute_process(COMMAND "${CRENEL}" build "${SOURCE}" -o "${FOLDER}" ${OPTIONS} --list-outputs
  OUTPUT_VARIABLE outputs RESULT_VARIABLE result)
if(result EQUAL 0)
  _crenel_keep_listing("${LISTING}" "${outputs}")
endif()
file(TOUCH "${STAMP}")
