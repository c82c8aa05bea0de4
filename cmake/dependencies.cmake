# Foreign code, each from a package manager, none in this repository:
#   simdjson       npm @nozbe/simdjson (ships the amalgamated source)
#   nlohmann/json  in tests alone, as a second opinion on JSON: the system's (Debian nlohmann-json3-dev,
#                  Homebrew), else fetched
#   GoogleTest     in tests: Debian googletest (its sources, so that it also compiles to WebAssembly), else fetched
include(FetchContent)

set(SIMDJSON_DIR ${CMAKE_CURRENT_SOURCE_DIR}/node_modules/@nozbe/simdjson/src)
if(NOT EXISTS ${SIMDJSON_DIR}/simdjson.cpp)
  message(FATAL_ERROR "simdjson is missing: run `npm ci` first")
endif()
if(EMSCRIPTEN)
  add_compile_options(-msimd128)  # For everything: our own searches (base/scan.h) use vectors too.
endif()
add_library(simdjson STATIC ${SIMDJSON_DIR}/simdjson.cpp)
target_include_directories(simdjson SYSTEM PUBLIC ${SIMDJSON_DIR})
target_compile_definitions(simdjson PUBLIC SIMDJSON_EXCEPTIONS=0)
target_compile_options(simdjson PRIVATE -w -fno-exceptions -fno-rtti ${ONELLM_COVERAGE})
if(EMSCRIPTEN)
  # Its SSE4.2 kernel on WebAssembly's vectors: five times as fast as the portable one.
  target_compile_options(simdjson PRIVATE -msse4.2)
  target_include_directories(simdjson BEFORE PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/cmake/simdjson_wasm)
  target_compile_definitions(simdjson PRIVATE SIMDJSON_IS_X86_64=1 __PCLMUL__=1
    SIMDJSON_IMPLEMENTATION_HASWELL=0 SIMDJSON_IMPLEMENTATION_ICELAKE=0)
  # What is never called is left out: cmake/simdjson_wasm/unused.cpp.
  target_sources(simdjson PRIVATE cmake/simdjson_wasm/unused.cpp)
  foreach(unused
      _ZN8simdjson8westmere25dom_parser_implementation6stage2ERNS_3dom8documentE
      _ZN8simdjson8westmere25dom_parser_implementation11stage2_nextERNS_3dom8documentE
      _ZNK8simdjson8westmere14implementation6minifyEPKhmPhRm)
    target_link_options(simdjson INTERFACE -Wl,--wrap=${unused})
  endforeach()
endif()

if(ONELLM_TESTS OR ONELLM_FUZZ)
  # Only the folder nlohmann/ is exposed: a whole /usr/include would break Emscripten's own libc.
  add_library(nlohmann_json INTERFACE)
  target_compile_definitions(nlohmann_json INTERFACE JSON_NOEXCEPTION)
  find_path(ONELLM_NLOHMANN_DIR nlohmann/json.hpp
            PATHS /usr/include /usr/local/include /opt/homebrew/include
            NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
  if(ONELLM_NLOHMANN_DIR)
    set(nlohmann_include ${CMAKE_BINARY_DIR}/include)
    file(MAKE_DIRECTORY ${nlohmann_include})
    file(CREATE_LINK ${ONELLM_NLOHMANN_DIR}/nlohmann ${nlohmann_include}/nlohmann SYMBOLIC)
  else()
    FetchContent_Declare(nlohmann_source
      URL https://github.com/nlohmann/json/releases/download/v3.11.3/json.tar.xz
      URL_HASH SHA256=d6c65aca6b1ed68e7a182f4757257b107ae403032760ed6ef121c9d55e81757d
      SOURCE_SUBDIR headers-only)  # No such folder: the headers are wanted, not the build.
    FetchContent_MakeAvailable(nlohmann_source)
    set(nlohmann_include ${nlohmann_source_SOURCE_DIR}/include)
  endif()
  target_include_directories(nlohmann_json SYSTEM INTERFACE ${nlohmann_include})
endif()

if(ONELLM_TESTS)
  set(INSTALL_GTEST OFF)
  set(BUILD_GMOCK OFF)
  if(EXISTS /usr/src/googletest/CMakeLists.txt)
    add_subdirectory(/usr/src/googletest ${CMAKE_BINARY_DIR}/googletest EXCLUDE_FROM_ALL)
  else()
    FetchContent_Declare(googletest
      URL https://github.com/google/googletest/archive/refs/tags/release-1.12.1.tar.gz
      URL_HASH SHA256=81964fe578e9bd7c94dfdb09c8e4d6e6759e19967e397dbea48d1c10e45d0df2)
    FetchContent_MakeAvailable(googletest)
  endif()
endif()
