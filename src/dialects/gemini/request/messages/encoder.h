// Encodes the messages of a request: `systemInstruction` and `contents`.
// https://ai.google.dev/api/caching#Content
//
// Gemini has two roles, so successive messages of the user, tools and later system messages are one user turn. The turn
// after a model turn begins with the results of all its calls, in the order of the calls. Thought signatures are sent
// back at the part that they came with:
// https://ai.google.dev/gemini-api/docs/thought-signatures
#pragma once

#include "dialects/gemini/request/draft.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

// Adds both members to the body.
void encode_contents(RequestDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::gemini
