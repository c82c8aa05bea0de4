// OpenAI's `url_citation` annotation: which part of an answer's text comes from which web page.
// https://platform.openai.com/docs/api-reference/chat/object#chat-object-choices-message-annotations
#pragma once

#include <cstdint>
#include <string>

#include "chat/event_details.h"
#include "json/raw.h"

namespace onellm::dialects::openai_chat {

// Appends the citation to the elements of a JSON array.
void append_annotation(const chat::Citation& citation, std::string& elements);

// Adds `offset` to `start_index` and `end_index` of the `annotations` in a delta's members, since the text of a leg may
// be joined to that of another. Returns the members unchanged if there are no annotations.
[[nodiscard]] std::string shift_annotations(json::RawMembers delta_extra, int64_t offset);

}  // namespace onellm::dialects::openai_chat
