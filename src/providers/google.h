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

// True for gemini-* and gemma-*, also for new names.
[[nodiscard]] bool is_gemini_family(std::string_view model);
// True for chat-bison-001, text-bison-001 and other names with -bison-.
[[nodiscard]] bool is_palm_family(std::string_view model);

// A model name with a '/' (`models/x`, `tunedModels/x`) is already a path and is used unchanged.
[[nodiscard]] Endpoint gemini_chat_endpoint(const Provider& provider, std::string_view upstream_model, bool stream);
// A page of the list of models. `next` is the token from the page before, or empty.
[[nodiscard]] Endpoint gemini_models_endpoint(const Provider& provider, std::string_view next);

// PaLM has no streams: every reply is whole.
[[nodiscard]] Endpoint palm_chat_endpoint(const Provider& provider, std::string_view upstream_model, bool stream);

// Names that always mean the newest model, then the models that were available when this was written, newest first.
[[nodiscard]] std::span<const std::string_view> gemini_models();
// The two models of PaLM that served chat.
[[nodiscard]] std::span<const std::string_view> palm_models();

}  // namespace onellm::providers
