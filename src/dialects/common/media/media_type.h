// The media type of an image or a file, by its first bytes. Clients name the type after the file's ending, or call
// everything application/octet-stream; providers that compare it with the bytes refuse the whole request.
//
// Rule: Only types whose first bytes leave no doubt are recognised. Anything else keeps the
// type that the client named.
#pragma once

#include <string>
#include <string_view>

#include "json/raw.h"

namespace onellm::dialects {

// The type that the first bytes of base64 data show: PNG, JPEG, GIF, WebP or PDF. Empty: none of these. Reads the
// first bytes alone, however long the data is.
[[nodiscard]] std::string_view recognised_media_type(json::RawString base64);

// The registered name of a type that is written in another way (`image/jpg`); else `named` itself.
[[nodiscard]] std::string_view registered_media_type(std::string_view named);

// True of a type that says nothing of the data: none at all, or application/octet-stream.
[[nodiscard]] bool is_generic_media_type(std::string_view named);

}  // namespace onellm::dialects
