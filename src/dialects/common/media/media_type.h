// Finds the media type of an image or a file by its first bytes. Clients often name a wrong type: they take it from
// the file's name or send application/octet-stream. Providers that check the bytes then refuse the whole request.
//
// Rule: Only types whose first bytes leave no doubt are recognised. All other data keeps the client's type.
#pragma once

#include <string>
#include <string_view>

#include "json/raw.h"

namespace onellm::dialects {

// The type of base64 data by its first bytes: PNG, JPEG, GIF, WebP or PDF. Empty: none of these. Reads only the
// first bytes.
[[nodiscard]] std::string_view recognised_media_type(json::RawString base64);

// The registered name for an alias such as `image/jpg`; else `named` itself.
[[nodiscard]] std::string_view registered_media_type(std::string_view named);

// True of a type that says nothing about the data: empty, application/octet-stream or a similar one.
[[nodiscard]] bool is_generic_media_type(std::string_view named);

}  // namespace onellm::dialects
