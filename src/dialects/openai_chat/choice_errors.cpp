#include "dialects/openai_chat/choice_errors.h"

#include <algorithm>
#include <vector>

#include "base/scan.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

namespace {

// Most replies do not contain this word and need no second reading. Inside a text its quotes would be escaped.
bool may_have_error(std::string_view json) { return has_word(json, R"("error")"); }

std::string masked_error(std::string_view value, json::MaskText mask) {
  const std::string member = R"("error":)" + std::string(value);
  const std::string masked = json::masked_members({member}, mask);
  return masked.empty() ? R"("error":null)" : masked;  // The value nests too deeply to be read.
}

// The position of a member `error` in a text, from the key's quote to the end of the value.
struct Span {
  size_t begin;
  size_t end;
  std::string_view value;
};

class ErrorFinder {
 public:
  explicit ErrorFinder(std::string_view text) : buffer_(text) {}

  // Finds the members `error` of the object in the text.
  std::vector<Span> of_choice() {
    if (reader_.open(buffer_)) find_in(reader_.root());
    return end();
  }
  std::vector<Span> of_choices() {
    if (!reader_.open(buffer_)) return {};
    reader_.root().each_member([this](json::RawString key, json::Value& value) {
      if (!json::key_is(key, "choices")) return;
      value.each_element([this](size_t, json::Value& choice) { find_in(choice); });
    });
    return end();
  }

 private:
  void find_in(json::Value choice) {
    choice.each_member([this](json::RawString key, json::Value& value) {
      if (!json::key_is(key, "error") || value.is_null()) return;
      const std::string_view raw = value.raw().text;
      if (raw.empty()) return;
      const auto offset = [this](const char* at) { return static_cast<size_t>(at - buffer_.text().data()); };
      spans_.push_back({offset(key.text.data()) - 1, offset(raw.data()) + raw.size(), raw});
    });
  }
  std::vector<Span> end() { return reader_.finish() ? std::move(spans_) : std::vector<Span>(); }

  json::Buffer buffer_;
  json::Reader reader_;
  std::vector<Span> spans_;
};

std::string with_masked(std::string_view text, const std::vector<Span>& spans, json::MaskText mask) {
  std::string out;
  size_t copied = 0;
  for (const Span& span : spans) {
    out += text.substr(copied, span.begin - copied);
    out += masked_error(span.value, mask);
    copied = span.end;
  }
  out += text.substr(copied);
  return out;
}

}  // namespace

std::optional<std::string> mask_choice_error(json::RawMembers of_choice, json::MaskText mask) {
  if (!may_have_error(of_choice.text)) return std::nullopt;
  const std::string object = "{" + std::string(of_choice.text) + "}";
  ErrorFinder finder(object);
  const std::vector<Span> spans = finder.of_choice();
  if (spans.empty()) return std::nullopt;
  const std::string masked = with_masked(object, spans, mask);
  return masked.substr(1, masked.size() - 2);
}

std::optional<std::string> mask_choice_errors(std::string_view reply, json::MaskText mask) {
  if (!may_have_error(reply)) return std::nullopt;
  ErrorFinder finder(reply);
  const std::vector<Span> spans = finder.of_choices();
  if (spans.empty()) return std::nullopt;
  return with_masked(reply, spans, mask);
}

std::optional<std::string> mask_choice_errors_in_events(std::string_view events, json::MaskText mask) {
  if (!may_have_error(events)) return std::nullopt;
  std::string out;
  bool is_masked = false;
  while (!events.empty()) {
    const size_t line_end = std::min(events.find_first_of("\r\n"), events.size());
    const std::string_view line = events.substr(0, line_end);
    const size_t json = std::min(line.find('{'), line.size());
    const std::optional<std::string> masked = mask_choice_errors(line.substr(json), mask);
    is_masked |= masked.has_value();
    out += masked ? std::string(line.substr(0, json)) + *masked : std::string(line);
    const size_t next = std::min(events.find_first_not_of("\r\n", line_end), events.size());
    out += events.substr(line_end, next - line_end);
    events.remove_prefix(next);
  }
  if (!is_masked) return std::nullopt;
  return out;
}

}  // namespace onellm::dialects::openai_chat
