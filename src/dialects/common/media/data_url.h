// Reads data URLs, https://www.rfc-editor.org/rfc/rfc2397. OpenAI's clients send images and files in them.
//
// Rule: The data is a view into the request and is never copied. It may be megabytes long.
#pragma once

#include <optional>
#include <string>

#include "chat/message.h"
#include "json/raw.h"

namespace onellm::dialects {

struct DataUrl {
  std::string mime_type;  // In lower case, without parameters; empty if the URL names none.
  json::RawString data;   // Base64, a view into the URL.
};

[[nodiscard]] bool is_data_url(json::RawString url);

// True of an http or https URL.
[[nodiscard]] bool is_web_url(json::RawString url);

// nullopt if the URL is no data URL or does not declare base64.
[[nodiscard]] std::optional<DataUrl> split_data_url(json::RawString url);

// The base64 data of an image or a file, whether it stands in a data URL or alone with its media type. nullopt if the
// part has no base64 data.
[[nodiscard]] std::optional<DataUrl> data_of(const chat::Part& part);

}  // namespace onellm::dialects
