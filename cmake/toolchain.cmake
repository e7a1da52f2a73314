# Compiler, linker and cache settings that hold for every target.

find_program(KBSEARCH_CCACHE ccache)
if(KBSEARCH_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Without these ccache does not keep what was compiled with a precompiled
  # header.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
      ${KBSEARCH_CCACHE})
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()

find_program(KBSEARCH_MOLD mold)
if(KBSEARCH_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wpedantic)

if(KBSEARCH_SANITIZE)
  add_compile_options(-fsanitize=${KBSEARCH_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${KBSEARCH_SANITIZE})
endif()
