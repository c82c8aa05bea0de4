// The parameters of a request that have a counterpart in Anthropic's format, or pass as they are; all
// others are dropped and named.
// https://docs.claude.com/en/api/messages
#pragma once

#include <string>

#include "dialects/anthropic_messages/request/draft.h"
#include "dialects/anthropic_messages/request/thinking_plan.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

// Refuses what would change the meaning of the answer: several choices, an answer of sound.
void check_parameters(RequestDraft& draft);

// The members of the client's own output_config that go up beside what is written of it: all but the effort, which is
// part of the thinking, and the format where there is one already or the model takes none; that is named.
[[nodiscard]] std::string own_output_config(RequestDraft& draft, bool has_format);

// Writes all but what the messages, tools, thinking and output_config are made of.
void write_parameters(RequestDraft& draft, const ThinkingPlan& thinking, json::ObjectWriter& body);

}  // namespace onellm::dialects::anthropic_messages
