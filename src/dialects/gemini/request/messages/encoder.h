// Encodes the messages of a request: `systemInstruction` and `contents`.
// https://ai.google.dev/api/caching#Content
//
// Gemini knows two roles, so what the user, the tools and later system messages say in a row is one turn.
// The results of a model turn's calls stand first in the turn behind it, all of them, in the order of the
// calls. Thought signatures go back where they came from:
// https://ai.google.dev/gemini-api/docs/thought-signatures
#pragma once

#include "dialects/gemini/request/draft.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

// Adds the members to the body.
void encode_contents(RequestDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::gemini
