// Encodes the list of models in Anthropic's form, page by page.
// https://docs.claude.com/en/api/models-list
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "dialects/model_info.h"

namespace onellm::dialects::anthropic_messages {

// The parameters of the query by which a client asks for a page.
inline constexpr std::string_view kListParameters[] = {"limit", "after_id", "before_id"};

void encode_model(const ModelInfo& model, std::string& out);

// Appends the page that the query asks for. An id that is not in the list stands for the list's begin (after_id) or end
// (before_id). Error: kBadRequest, for a limit out of range.
[[nodiscard]] std::optional<Error> encode_models(std::span<const ModelInfo> models, std::string_view query,
                                                 std::string& out);

}  // namespace onellm::dialects::anthropic_messages
