// The parts of Google's rows in the registry that are functions or lists. Google has two APIs for chat, Gemini and the
// older PaLM, with the same host and the same kind of key.
//
// Rule: the key is sent in a header, never in a URL, since URLs are logged.
// https://ai.google.dev/api
#pragma once

#include <span>
#include <string_view>

#include "providers/provider.h"

namespace onellm::providers {

inline constexpr std::string_view kGoogleBase = "https://generativelanguage.googleapis.com";

// A model name with a '/' (`models/x`, `tunedModels/x`) is already a path and is used unchanged.
[[nodiscard]] Endpoint gemini_chat_endpoint(const Provider& provider, const Call& call);

// Counts the tokens of a prompt.
[[nodiscard]] const Api& gemini_count_api();

// A page of the list of models. `call.next` is the token from the page before, or empty.
[[nodiscard]] Endpoint gemini_models_endpoint(const Provider& provider, const ListCall& call);

// PaLM has no streams: every reply is whole.
[[nodiscard]] Endpoint palm_chat_endpoint(const Provider& provider, const Call& call);

// Names that always mean the newest model, then the models that were available when this was written, newest first.
[[nodiscard]] std::span<const std::string_view> gemini_models();
// The two models of PaLM that served chat.
[[nodiscard]] std::span<const std::string_view> palm_models();

}  // namespace onellm::providers
