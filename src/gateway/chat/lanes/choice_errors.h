// Errors that stand inside a good reply: OpenRouter and others end one choice with `"error":{…}` beside its
// finish_reason, and the rest of the reply counts. Like any other error of a provider they may quote a credential, so
// they are masked before a client sees them. https://openrouter.ai/docs/api-reference/errors
//
// A relayed stream is the exception: from its second read on, its bytes reach the client without passing here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json/raw.h"
#include "providers/provider.h"

namespace onellm::gateway {

// The members of one choice with the value of `error` masked. Nothing where they have no such member.
[[nodiscard]] std::optional<std::string> mask_choice_error(json::RawMembers of_choice,
                                                           const providers::Provider& provider);

// A reply in the format of OpenAI chat with every `choices[k].error` masked, all else byte for byte. Nothing where
// there is none.
[[nodiscard]] std::optional<std::string> mask_choice_errors(std::string_view reply,
                                                            const providers::Provider& provider);

// The same for the data of server-sent events.
[[nodiscard]] std::optional<std::string> mask_choice_errors_in_events(std::string_view events,
                                                                      const providers::Provider& provider);

}  // namespace onellm::gateway
