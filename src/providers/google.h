// What data cannot say of Google's two interfaces for chat, Gemini and the older PaLM: one host, one kind
// of key. The key goes into a header and never into a URL, since those are logged.
// https://ai.google.dev/api
#pragma once

#include <span>
#include <string_view>

#include "providers/provider.h"

namespace onellm::providers {

inline constexpr std::string_view kGoogleBase = "https://generativelanguage.googleapis.com";

// gemini-*, gemma-*, however new.
[[nodiscard]] bool is_gemini_family(std::string_view model);
// chat-bison-001, text-bison-001 and whatever else has -bison- in its name.
[[nodiscard]] bool is_palm_family(std::string_view model);

// A model whose name has a '/' (`models/x`, `tunedModels/x`) is a path already and is used as it is.
[[nodiscard]] Endpoint gemini_chat_endpoint(const Provider& provider, std::string_view upstream_model, bool stream);
// A page of the list; `next` is the token that the page before gave.
[[nodiscard]] Endpoint gemini_models_endpoint(const Provider& provider, std::string_view next);

// PaLM has no streams: the whole reply comes in one.
[[nodiscard]] Endpoint palm_chat_endpoint(const Provider& provider, std::string_view upstream_model, bool stream);

// The models that answered when this was written, newest first, and names that follow the newest.
[[nodiscard]] std::span<const std::string_view> gemini_models();
// The two of PaLM that served chat.
[[nodiscard]] std::span<const std::string_view> palm_models();

}  // namespace onellm::providers
