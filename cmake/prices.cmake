# The price table, written from an npm package by scripts/prices.mjs whenever either has changed.
# Gives ONELLM_PRICE_TABLE, a source file for src/prices.
find_program(ONELLM_NODE node PATHS ${CMAKE_SOURCE_DIR}/node_modules/.bin ${CMAKE_SOURCE_DIR}/node_modules/node/bin
             NO_CMAKE_FIND_ROOT_PATH)
if(NOT ONELLM_NODE)
  message(FATAL_ERROR "node is missing: the price table is made with it")
endif()
set(ONELLM_PRICE_PACKAGE ${CMAKE_SOURCE_DIR}/node_modules/@pydantic/genai-prices)
if(NOT EXISTS ${ONELLM_PRICE_PACKAGE}/package.json)
  message(FATAL_ERROR "the price package is missing: run `npm ci` first")
endif()

set(ONELLM_PRICE_TABLE ${CMAKE_BINARY_DIR}/generated/price_table_data.cpp)
file(GLOB price_scripts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/scripts/lib/price_*.mjs)
add_custom_command(
  OUTPUT ${ONELLM_PRICE_TABLE}
  COMMAND ${ONELLM_NODE} ${CMAKE_SOURCE_DIR}/scripts/prices.mjs ${ONELLM_PRICE_TABLE}
  DEPENDS ${CMAKE_SOURCE_DIR}/scripts/prices.mjs ${price_scripts} ${CMAKE_SOURCE_DIR}/scripts/lib/failure.mjs
          ${ONELLM_PRICE_PACKAGE}/package.json
  COMMENT "Writing the price table"
  VERBATIM)
