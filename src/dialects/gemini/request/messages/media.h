// Converts images, sounds and files of a message to Gemini's parts: bytes in the request (inlineData), or an address
// that Google fetches (fileData). https://ai.google.dev/api/caching#Part
#pragma once

#include <string>
#include <string_view>

#include "chat/request.h"
#include "dialects/gemini/request/draft.h"

namespace onellm::dialects::gemini {

struct Media {
  std::string mime_type;  // Empty only for Google's own addresses, whose type Google knows.
  json::RawString data;   // Base64; empty: Google fetches `uri`.
  json::RawString uri = {};
  std::string_view resolution = {};  // The level of mediaResolution; may be empty.
  json::RawString signature = {};    // Thought signature of an image that the model made; may be empty.
};

// Reads a part that is an image, a sound or a file. `path` names it in errors.
[[nodiscard]] Media read_media(RequestDraft& draft, const chat::Part& part, const std::string& path);

// Writes the members of one part.
void write_media(SplicedText& out, const Media& media);

}  // namespace onellm::dialects::gemini
