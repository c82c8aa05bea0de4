// Masks errors inside a good reply. OpenRouter and others end one choice with `"error":{…}` beside its finish_reason,
// and the rest of the reply is valid. https://openrouter.ai/docs/api-reference/errors
//
// Rule: Such an error may quote a credential, like any other error of a provider, so it is masked before a client gets
// it. Exception: the bytes of a relayed stream go to the client directly from its second read on, so they cannot be
// masked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json/raw.h"
#include "providers/provider.h"

namespace onellm::gateway {

// Returns the members of one choice with the value of `error` masked. Nothing if there is no such member.
[[nodiscard]] std::optional<std::string> mask_choice_error(json::RawMembers of_choice,
                                                           const providers::Provider& provider);

// Returns a reply in OpenAI's chat format with every `choices[k].error` masked and all other bytes unchanged. Nothing
// if there is no such member.
[[nodiscard]] std::optional<std::string> mask_choice_errors(std::string_view reply,
                                                            const providers::Provider& provider);

// The same for a text of server-sent events, each of which contains such a reply.
[[nodiscard]] std::optional<std::string> mask_choice_errors_in_events(std::string_view events,
                                                                      const providers::Provider& provider);

}  // namespace onellm::gateway
