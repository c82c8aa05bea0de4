// Data URLs, https://www.rfc-editor.org/rfc/rfc2397: how OpenAI's clients send images and files.
//
// Rule: The data is viewed where it stands in the request, never copied; it may
// be megabytes.
#pragma once

#include <optional>
#include <string>

#include "json/raw.h"

namespace onellm::dialects {

struct DataUrl {
  std::string mime_type;  // In lower case, without its parameters; empty where the URL names none.
  json::RawString data;   // Base64, a view into the URL.
};

[[nodiscard]] bool is_data_url(json::RawString url);

// True of an http or https URL.
[[nodiscard]] bool is_web_url(json::RawString url);

// Nothing where the URL is no data URL, or its data is not base64.
[[nodiscard]] std::optional<DataUrl> split_data_url(json::RawString url);

}  // namespace onellm::dialects
