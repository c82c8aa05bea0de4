#include "dialects/common/errors/text.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/secrets/hidden_spans.h"
#include "base/text.h"

namespace onellm::dialects {

namespace {

// A word with one of these prefixes and at least kPrefixedBytesMin bytes is a key.
constexpr std::string_view kKeyPrefixes[] = {"sk-",    "sk_",   "pk-", "rk-", "gsk_", "xai-", "AIza", "AQ.",
                                             "nvapi-", "pplx-", "hf_", "r8_", "tgp_", "fw_",  "csk-", "eyJ"};
constexpr size_t kPrefixedBytesMin = 8;

// A run of key letters directly after one of these marks is a key, unless it is a plain word. kMarkedBytesMin is its
// minimum length.
constexpr std::string_view kKeyMarks[] = {
    "bearer", "authorization:", "authorization:basic", "api_key:", "api-key:", "apikey:", "keyprovided:", "password:"};
// The same inside a run, as in a URL's query.
constexpr std::string_view kKeyAssignments[] = {"key=", "token=", "secret=", "password=", "signature=", "sig="};
constexpr size_t kMarkedBytesMin = 6;
constexpr size_t kPlainWordBytesMax = 16;

// A run of at least kLongRunBytesMin bytes is a key if one of these words is among the kReachBytes bytes before it.
constexpr std::string_view kKeyWords[] = {"key",           "token",    "secret",    "bearer",
                                          "authorization", "password", "credential"};
constexpr size_t kLongRunBytesMin = 32;
constexpr size_t kReachBytes = 40;

// The letters of keys: base64 in both alphabets, hex, JSON web tokens; `*` where a provider masked its
// middle already.
bool is_key_letter(char c) {
  return is_letter_or_digit(c) || std::string_view("-_.+/=*~").find(c) != std::string_view::npos;
}

// The run of key letters at the beginning of `text`; may be empty.
std::string_view leading_run(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_key_letter);
  return text.substr(0, static_cast<size_t>(end - text.begin()));
}

// Offset in the run of a word with a key's prefix; npos: none.
size_t find_key_prefix(std::string_view run) {
  for (size_t at = 0; at + kPrefixedBytesMin <= run.size(); ++at) {
    if (at > 0 && run[at - 1] != '=' && run[at - 1] != '/') continue;
    for (const std::string_view prefix : kKeyPrefixes) {
      if (run.substr(at).starts_with(prefix)) return at;
    }
  }
  return std::string_view::npos;
}

// Offset in the run of the value after `key=` or a similar assignment; npos: none.
size_t find_assigned_key(std::string_view run) {
  const std::string low = ascii_lower(run);
  for (const std::string_view mark : kKeyAssignments) {
    const size_t at = low.find(mark);
    if (at != std::string::npos && run.size() >= at + mark.size() + kMarkedBytesMin) return at + mark.size();
  }
  return std::string_view::npos;
}

// True of "authentication" in "Bearer authentication is required".
bool is_plain_word(std::string_view run) {
  return run.size() <= kPlainWordBytesMax && std::all_of(run.begin(), run.end(), is_letter);
}

bool has_digit(std::string_view run) { return std::any_of(run.begin(), run.end(), is_digit); }

std::string_view last_bytes(std::string_view text, size_t bytes_max) {
  return text.substr(text.size() - std::min(text.size(), bytes_max));
}

// The last bytes before a run, in lower case, without spaces, quotes and backslashes: a mark and its
// key may be written in prose, in JSON, or in JSON within JSON.
std::string squeezed_end(std::string_view before) {
  std::string out = ascii_lower(last_bytes(before, kReachBytes));
  std::erase_if(out, [](char c) { return std::string_view(" \t\r\n\"'`\\").find(c) != std::string_view::npos; });
  return out;
}

// Offset in the run where a credential begins; it reaches to the end of the run. npos: none.
size_t find_credential(std::string_view before, std::string_view run) {
  const size_t prefixed = find_key_prefix(run);
  if (prefixed != std::string_view::npos) return prefixed;
  const size_t assigned = find_assigned_key(run);
  if (assigned != std::string_view::npos) return assigned;
  if (run.size() < kMarkedBytesMin) return std::string_view::npos;

  const std::string near = squeezed_end(before);
  for (const std::string_view mark : kKeyMarks) {
    if (near.ends_with(mark) && !is_plain_word(run)) return 0;
  }
  // A run with a full stop is a URL or a file name. The only keys with one have a known prefix.
  if (run.size() < kLongRunBytesMin || !has_digit(run) || run.find('.') != std::string_view::npos) {
    return std::string_view::npos;
  }
  for (const std::string_view word : kKeyWords) {
    if (near.find(word) != std::string::npos) return 0;
  }
  return std::string_view::npos;
}

// Every credential in `text`. `context` is the text directly before it.
std::vector<Span> find_credentials(std::string_view context, std::string_view text) {
  std::vector<Span> found;
  for (size_t at = 0; at < text.size();) {
    const std::string_view run = leading_run(text.substr(at));
    const std::string_view word = run.substr(0, run.find_last_not_of('.') + 1);  // No full stop at its end.
    if (word.size() >= kMarkedBytesMin) {
      const std::string_view before = last_bytes(text.substr(0, at), kReachBytes);
      const std::string_view more = last_bytes(context, kReachBytes - before.size());
      const size_t credential = find_credential(std::string(more).append(before), word);
      if (credential != std::string_view::npos) found.push_back({at + credential, at + word.size()});
    }
    at += run.size() + 1;
  }
  return found;
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

void append_with_one_space(std::string& out, char c) {
  if (!is_space(c)) {
    out += c;
  } else if (!out.empty() && out.back() != ' ') {
    out += ' ';
  }
}

struct Entity {
  std::string_view name;
  char character;
};
constexpr Entity kEntities[] = {{"&amp;", '&'},  {"&lt;", '<'},    {"&gt;", '>'},  {"&quot;", '"'},
                                {"&#39;", '\''}, {"&apos;", '\''}, {"&nbsp;", ' '}};

// Offset after the tag that begins at `at`. A script, a style or a comment is skipped as a whole.
size_t skip_tag(std::string_view html, std::string_view low, size_t at) {
  std::string_view end_mark = ">";
  const std::string_view rest = low.substr(at);
  if (rest.starts_with("<script")) end_mark = "</script>";
  if (rest.starts_with("<style")) end_mark = "</style>";
  if (rest.starts_with("<!--")) end_mark = "-->";
  const size_t end = low.find(end_mark, at);
  return end == std::string_view::npos ? html.size() : end + end_mark.size();
}

}  // namespace

std::string mask_credentials(std::string_view text, std::string_view before) {
  const std::string_view context = last_bytes(before, kReachBytes);
  return with_hidden_spans(text, [context](std::string_view reading) { return find_credentials(context, reading); });
}

std::string cut_utf8(std::string text, size_t bytes_max) {
  text.resize(utf8_prefix(text, bytes_max).size());
  return text;
}

std::string text_of_html(std::string_view html) {
  const std::string low = ascii_lower(html);
  std::string out;
  for (size_t at = 0; at < html.size();) {
    if (html[at] == '<') {
      at = skip_tag(html, low, at);
      append_with_one_space(out, ' ');
      continue;
    }
    const auto entity = std::find_if(std::begin(kEntities), std::end(kEntities),
                                     [&](const Entity& e) { return low.compare(at, e.name.size(), e.name) == 0; });
    if (entity != std::end(kEntities)) {
      append_with_one_space(out, entity->character);
      at += entity->name.size();
    } else {
      append_with_one_space(out, html[at++]);
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace onellm::dialects
