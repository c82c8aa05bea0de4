# How every source of ours is compiled: warnings are errors, no exceptions, no run-time types.
# Sanitizers go to everything, foreign code included; fuzzing coverage to what is fuzzed, not to the tests.
add_library(onellm_options INTERFACE)
target_compile_options(onellm_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wswitch-enum
  -fno-exceptions -fno-rtti
  $<$<CXX_COMPILER_ID:Clang>:-Wreserved-identifier>
  # GCC does not see that std::string's own code is a system header once it comes out of a precompiled one, and reports
  # bounds there that no call can reach. Clang and the sanitizers look for the real ones.
  "$<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread>")
if(ONELLM_WERROR)
  target_compile_options(onellm_options INTERFACE -Werror)
endif()

if(ONELLM_SANITIZE)
  # vptr needs run-time types, which our code is built without.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
set(ONELLM_COVERAGE $<$<BOOL:${ONELLM_FUZZ}>:-fsanitize=fuzzer-no-link>)
