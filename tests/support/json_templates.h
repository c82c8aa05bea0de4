// What nearly every test includes, precompiled, and the templates of it that take longest to instantiate: that is done
// once, in json_templates.cpp.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#ifndef ONELLM_INSTANTIATE
#define ONELLM_INSTANTIATE extern template
#endif

namespace onellm::test {
using JsonOfString = decltype(nlohmann::detail::input_adapter(std::declval<const std::string&>()));
using JsonOfBytes = nlohmann::detail::iterator_input_adapter<const char*>;
}  // namespace onellm::test

ONELLM_INSTANTIATE class nlohmann::basic_json<>;
ONELLM_INSTANTIATE class nlohmann::detail::serializer<nlohmann::json>;
ONELLM_INSTANTIATE class nlohmann::detail::json_sax_dom_parser<nlohmann::json>;
ONELLM_INSTANTIATE class nlohmann::detail::json_sax_dom_callback_parser<nlohmann::json>;
ONELLM_INSTANTIATE class nlohmann::detail::lexer<nlohmann::json, onellm::test::JsonOfString>;
ONELLM_INSTANTIATE class nlohmann::detail::lexer<nlohmann::json, onellm::test::JsonOfBytes>;
ONELLM_INSTANTIATE class nlohmann::detail::parser<nlohmann::json, onellm::test::JsonOfString>;
ONELLM_INSTANTIATE class nlohmann::detail::parser<nlohmann::json, onellm::test::JsonOfBytes>;
