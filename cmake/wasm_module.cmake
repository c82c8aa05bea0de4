# The module that the Worker loads: src/abi over all layers, without any JavaScript of Emscripten's.
# Its few imports (a notice when memory grows, WASI stubs) are supplied by worker/instance.js.
file(GLOB_RECURSE abi_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/src/abi/*.cpp)

set(ONELLM_EXPORTS
  onellm_protocol_version onellm_request_headers onellm_reply_headers onellm_failure_replies
  onellm_settings_input onellm_configure
  onellm_open onellm_input onellm_event onellm_next onellm_close onellm_ledger_take
  onellm_keys_input onellm_limiter_call onellm_registry_call)

# Every setting below is known to Emscripten 3.1.6 and to newer ones (TOTAL_STACK is today's STACK_SIZE).
# An isolate has 128 MB for everything, so the module may have no more; it begins small. Linked with -O3, functions of
# files that are built for size are inlined too: 12 KB more take a quarter off a small request's time in the module.
function(onellm_wasm_module target output)
  add_executable(${target} ${abi_sources})
  list(TRANSFORM ARGN PREPEND _ OUTPUT_VARIABLE exports)
  list(JOIN exports "," exports)
  target_link_libraries(${target} PRIVATE onellm_gateway onellm_keys)
  target_compile_options(${target} PRIVATE -Os)
  target_link_options(${target} PRIVATE
    -O3 -fno-exceptions -fno-rtti --no-entry
    -sSTANDALONE_WASM=1 -sALLOW_MEMORY_GROWTH=1
    -sINITIAL_MEMORY=4194304 -sMAXIMUM_MEMORY=134217728 -sTOTAL_STACK=524288
    -sEXPORTED_FUNCTIONS=${exports})
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME ${output} SUFFIX .wasm RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
endfunction()

onellm_wasm_module(onellm_wasm onellm ${ONELLM_EXPORTS})

# The same with exports for tests: one that traps on purpose, one that tells what sessions hold in memory.
onellm_wasm_module(onellm_debug_wasm onellm_debug ${ONELLM_EXPORTS} onellm_debug_trap onellm_debug_memory_held)
target_compile_definitions(onellm_debug_wasm PRIVATE ONELLM_DEBUG_EXPORTS)
