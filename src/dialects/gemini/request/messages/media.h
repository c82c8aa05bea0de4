// Images, sounds and files of a message in Gemini's terms: bytes in the request (inlineData), or an
// address that Google fetches them from (fileData). https://ai.google.dev/api/caching#Part
#pragma once

#include <string>
#include <string_view>

#include "chat/request.h"
#include "dialects/gemini/request/draft.h"

namespace onellm::dialects::gemini {

struct Media {
  std::string mime_type;  // Empty only for files of Google's own, which knows what they are.
  json::RawString data;   // Base64; empty: it stands at `uri`.
  json::RawString uri = {};
  std::string_view resolution = {};  // What mediaResolution shall say; may be empty.
  json::RawString signature = {};    // Of the thoughts behind an image that the model made; may be empty.
};

// Reads a part that is an image, a sound or a file. `path` leads to it, for complaints.
[[nodiscard]] Media read_media(RequestDraft& draft, const chat::Part& part, const std::string& path);

// Writes the members of one part.
void write_media(SplicedText& out, const Media& media);

}  // namespace onellm::dialects::gemini
