#include "dialects/anthropic_messages/request/turn_content.h"

#include <utility>

#include "base/limits.h"
#include "dialects/common/reply/values.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using json::key_is;

// A JSON string: the value, then the text that deltas added.
std::string joined_text(json::Value& value, std::string_view added) {
  std::string text = "\"";
  text.append(text_or_nothing(value).text).append(added) += '"';
  return text;
}

bool is_blank(std::string_view text) {
  return json::unescape({text}).find_first_not_of(" \t\r\n") == std::string::npos;
}

}  // namespace

void TurnContent::take_event(std::string_view data) {
  const json::Buffer text(data);
  json::Reader reader;
  if (!reader.open(text)) return;
  json::RawString type;
  reader.root().each_member([&](json::RawString key, json::Value& value) {
    if (key_is(key, "type")) {
      type = text_or_nothing(value);
    } else if (key_is(key, "content_block")) {
      open(value.raw().text);
    } else if (key_is(key, "delta")) {
      take_delta(value);
    }
  });
  if (key_is(type, "content_block_stop")) close();
}

void TurnContent::take_reply(std::string_view body) {
  const json::Buffer text(body);
  json::Reader reader;
  if (!reader.open(text)) return;
  reader.root().each_member([&](json::RawString key, json::Value& value) {
    if (!key_is(key, "content")) return;
    value.each_element([&](size_t, json::Value& block) {
      open(block.raw().text);
      close();
    });
  });
  if (!reader.finish()) failed_ = true;
}

std::string TurnContent::array() {
  close();
  return failed_ || blocks_.empty() ? std::string() : "[" + blocks_ + "]";
}

void TurnContent::open(std::string_view block) {
  close();
  add(open_, block);
}

void TurnContent::take_delta(json::Value& delta) {
  delta.each_member([&](json::RawString key, json::Value& value) {
    if (key_is(key, "text")) {
      add(added_.text, text_or_nothing(value).text);
    } else if (key_is(key, "thinking")) {
      add(added_.thinking, text_or_nothing(value).text);
    } else if (key_is(key, "signature")) {
      add(added_.signature, text_or_nothing(value).text);
    } else if (key_is(key, "partial_json")) {
      add(added_.input, text_or_nothing(value).text);
    } else if (key_is(key, "citation")) {
      if (!added_.citations.empty()) added_.citations += ',';
      add(added_.citations, value.raw().text);
    }
  });
}

void TurnContent::add(std::string& to, std::string_view more) {
  bytes_ += more.size();
  failed_ |= bytes_ > kUnfinishedTurnBytesMax;
  if (!failed_) to += more;
}

// Ends the open block. Blank text blocks are left out: the API refuses them in a request.
void TurnContent::close() {
  if (open_.empty()) return;
  bool is_blank_text = false;
  const std::string block = failed_ ? std::string() : whole_block(is_blank_text);
  open_.clear();
  added_ = {};
  failed_ |= block.empty();
  if (failed_ || is_blank_text) return;
  if (!blocks_.empty()) blocks_ += ',';
  blocks_ += block;
}

// The open block with the additions of its deltas; empty if it is no object.
std::string TurnContent::whole_block(bool& is_blank_text) const {
  const json::Buffer text(open_);
  json::Reader reader;
  std::string input = json::unescape({added_.input});
  if (!reader.open(text) || (!input.empty() && !json::is_valid(input))) return {};
  std::string members;
  const auto put = [&members](json::RawString key, std::string_view value) {
    json::append_member(members, key, json::Raw{value});
  };
  bool has_citations = false;
  reader.root().each_member([&](json::RawString key, json::Value& value) {
    if (key_is(key, "text")) {
      const std::string whole = joined_text(value, added_.text);
      is_blank_text = is_blank(std::string_view(whole).substr(1, whole.size() - 2));
      put(key, whole);
    } else if (key_is(key, "thinking")) {
      put(key, joined_text(value, added_.thinking));
    } else if (key_is(key, "signature")) {
      put(key, joined_text(value, added_.signature));
    } else if (key_is(key, "input") && !input.empty()) {
      put(key, input);
    } else if (key_is(key, "citations") && !added_.citations.empty()) {
      has_citations = true;  // The start of a block has no citations; they come in deltas.
      put(key, "[" + added_.citations + "]");
    } else {
      put(key, value.raw().text);
    }
  });
  if (!has_citations && !added_.citations.empty()) put({"citations"}, "[" + added_.citations + "]");
  return reader.finish() && !members.empty() ? "{" + members + "}" : std::string();
}

}  // namespace onellm::dialects::anthropic_messages
