// Writes the request's parameters that Anthropic's API has too, some of them unchanged.
//
// Rule: All other parameters are dropped and reported.
// https://docs.claude.com/en/api/messages
#pragma once

#include <string>

#include "dialects/anthropic_messages/request/draft.h"
#include "dialects/anthropic_messages/request/thinking_plan.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

// Refuses parameters whose loss would change the meaning of the answer: several choices (`n`), audio output.
void check_parameters(RequestDraft& draft);

// The members of the client's output_config to send, as JSON. `effort` is left out: the thinking plan has it. `format`
// is dropped and reported if the request has a format already or the model supports none.
[[nodiscard]] std::string own_output_config(RequestDraft& draft, bool has_format);

// Writes all parameters except messages, tools, thinking and output_config.
void write_parameters(RequestDraft& draft, const ThinkingPlan& thinking, json::ObjectWriter& body);

}  // namespace onellm::dialects::anthropic_messages
