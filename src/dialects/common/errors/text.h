// Makes upstream text safe to show to a client: no credentials, no markup, a limited length.
//
// Depends only on base/.
// Rule: In doubt, hide the word. A hidden word costs a reader little; a leaked key costs money.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace onellm::dialects {

// Replaces everything that looks like a credential by "***": `sk-…` and other known prefixes, `Bearer …`, `key=…`, and
// any long run of letters and digits soon after a word like key or token. Also finds them when written with JSON
// escapes. `before` is the text directly before `text`; it may end with such a word.
[[nodiscard]] std::string mask_credentials(std::string_view text, std::string_view before = {});

// At most `bytes_max` bytes of `text`. Never cuts a UTF-8 character.
[[nodiscard]] std::string cut_utf8(std::string text, size_t bytes_max);

// What a reader would see of an HTML page, in one line: tags, scripts and styles are left out.
[[nodiscard]] std::string text_of_html(std::string_view html);

}  // namespace onellm::dialects
