# One static library per folder:
#   kbsearch_library(engine SOURCES a.cc b.cc PUBLIC x PRIVATE y
#                    PRECOMPILE <heavy_header>)
# makes the target kbsearch::engine, included as "engine/a.h". Headers that take
# a second or more to compile and that most of its sources include are worth
# precompiling; sources include what they use all the same.
function(kbsearch_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE;PRECOMPILE" ${ARGN})
  add_library(kbsearch_${name} STATIC ${ARG_SOURCES})
  add_library(kbsearch::${name} ALIAS kbsearch_${name})
  target_include_directories(kbsearch_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(kbsearch_${name} PUBLIC ${ARG_PUBLIC}
                                         PRIVATE ${ARG_PRIVATE})
  if(ARG_PRECOMPILE)
    target_precompile_headers(kbsearch_${name} PRIVATE ${ARG_PRECOMPILE})
  endif()
endfunction()

# A test program; its label is the folder under tests/ ("unit", "integration").
#   kbsearch_test(engine_test LABEL unit SOURCES … LIBRARIES kbsearch::engine
#                 PRECOMPILE <heavy_header>)
# Tests are compiled without optimisation: compiling them takes longer than
# running them.
function(kbsearch_test name)
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;LIBRARIES;PRECOMPILE" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                                           ${CMAKE_BINARY_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} GTest::gmock
                                        GTest::gtest_main)
  if(NOT KBSEARCH_SANITIZE)
    target_compile_options(${name} PRIVATE -O0)
  endif()
  target_precompile_headers(${name} PRIVATE <gmock/gmock.h> <gtest/gtest.h>
                            ${ARG_PRECOMPILE})
  # Xapian::Database::check deletes a table by its base class: Debian's Xapian
  # 1.4.22, not ours.
  gtest_discover_tests(
    ${name} DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS ${ARG_LABEL} TIMEOUT 300
               ENVIRONMENT "ASAN_OPTIONS=new_delete_type_mismatch=0")
endfunction()
