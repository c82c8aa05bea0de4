# Toolchain file: finds Emscripten wherever this machine has it and hands over to its own toolchain.
# In order: $EMSDK (an activated emsdk), the one that scripts/ fetched into .cache, emcc on the PATH.
if(DEFINED ENV{EMSDK} AND EXISTS "$ENV{EMSDK}/upstream/emscripten")
  set(emscripten_root "$ENV{EMSDK}/upstream/emscripten")
elseif(EXISTS "${CMAKE_CURRENT_LIST_DIR}/../.cache/emsdk/upstream/emscripten")
  get_filename_component(emscripten_root "${CMAKE_CURRENT_LIST_DIR}/../.cache/emsdk/upstream/emscripten" ABSOLUTE)
else()
  find_program(ONELLM_EM_CONFIG em-config)
  if(ONELLM_EM_CONFIG)
    execute_process(COMMAND ${ONELLM_EM_CONFIG} EMSCRIPTEN_ROOT
                    OUTPUT_VARIABLE emscripten_root OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  endif()
endif()

set(emscripten_toolchain "${emscripten_root}/cmake/Modules/Platform/Emscripten.cmake")
if(NOT EXISTS "${emscripten_toolchain}")
  message(FATAL_ERROR "Emscripten is missing: install it, or run `npm run build`, which does")
endif()
include("${emscripten_toolchain}")
