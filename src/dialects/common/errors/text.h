// Makes text that an upstream sent fit to be shown to a client: no credentials, no markup, not too long.
//
// Depends on base/ alone. Errs on the side of hiding: a masked word costs a reader
// little, a leaked key costs somebody money.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace onellm::dialects {

// Replaces what looks like a credential by "***": `sk-…` and the other prefixes of known providers,
// `Bearer …`, `key=…`, and any long run of letters and digits close behind a word like key or token; also where
// they are written in the escapes of JSON. `before` is what stands before `text`: it may end with such a word.
[[nodiscard]] std::string mask_credentials(std::string_view text, std::string_view before = {});

// At most `bytes_max` bytes of `text`, not ending within a UTF-8 character.
[[nodiscard]] std::string cut_utf8(std::string text, size_t bytes_max);

// What a reader would see of an HTML page, in one line: tags, scripts and styles are left out.
[[nodiscard]] std::string text_of_html(std::string_view html);

}  // namespace onellm::dialects
