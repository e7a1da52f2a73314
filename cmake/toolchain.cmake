# Compiler, linker and cache settings that hold for every target.

find_program(KBSEARCH_CCACHE ccache)
if(KBSEARCH_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${KBSEARCH_CCACHE})
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
