// The parameters of a request that have a counterpart in Anthropic's format, or pass as they are; all
// others are dropped and named.
// https://docs.claude.com/en/api/messages
#pragma once

#include "dialects/anthropic_messages/request_draft.h"
#include "dialects/anthropic_messages/thinking_plan.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic {

// Refuses what would change the meaning of the answer: several choices, an answer of sound.
void check_parameters(RequestDraft& draft);

// Writes all but what the messages, tools, thinking and output_config are made of. `has_output_config`:
// one is written, so that the client's own has no place.
void write_parameters(RequestDraft& draft, const ThinkingPlan& thinking, bool has_output_config,
                      json::ObjectWriter& body);

}  // namespace onellm::dialects::anthropic
