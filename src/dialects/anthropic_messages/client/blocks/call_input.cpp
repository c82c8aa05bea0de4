#include "dialects/anthropic_messages/client/blocks/call_input.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "base/text.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr std::string_view kNull = "null";
constexpr std::string_view kCut = "The output limit was reached inside these arguments.";
constexpr size_t kLeadBytesMax = 64;  // White space around `null`.

// True if the raw text may still become null, with white space after it.
bool may_be_null(std::string_view raw) {
  const std::string_view word = raw.substr(0, kNull.size());
  if (raw.size() > kLeadBytesMax || !kNull.starts_with(word)) return false;
  return blank_bytes(raw.substr(word.size())) == raw.size() - word.size();
}

}  // namespace

size_t blank_bytes(std::string_view raw) {
  size_t at = 0;
  while (at < raw.size()) {
    const bool is_escape = raw[at] == '\\' && at + 1 < raw.size() && std::string_view("ntr").find(raw[at + 1]) < 3;
    if (raw[at] != ' ' && !is_escape) break;
    at += is_escape ? 2 : 1;
  }
  return at;
}

bool CallInput::add(json::RawString fragment, std::string& out) {
  if (form_ == Form::kObject) return add_to_object(fragment, out);
  if (form_ == Form::kCustom) {
    begin_text("input", out);
  } else if (form_ == Form::kUnknown) {
    if (lead_.empty()) fragment.text.remove_prefix(blank_bytes(fragment.text));
    lead_ += fragment.text;
    if (lead_.empty() || may_be_null(lead_)) return true;
    const std::string lead = std::exchange(lead_, {});
    if (lead.front() == '{') {
      form_ = Form::kObject;
      return add_to_object({lead}, out);
    }
    begin_text("rawInvalidInput", out);
    json::escape_to(out, lead);
    return true;
  }
  json::escape_to(out, fragment.text);  // A string within a string.
  return true;
}

bool CallInput::end(std::string& out) {
  switch (form_) {
    case Form::kObject: return scanner_.is_whole();
    case Form::kUnknown:
      if (lead_.empty() || lead_.starts_with(kNull)) return true;
      begin_text("rawInvalidInput", out);
      json::escape_to(out, lead_);
      break;
    case Form::kCustom: begin_text("input", out); break;
    case Form::kText: break;
  }
  out += R"(\"})";
  return true;
}

// Programs complete a broken object by themselves and run it. The member tells them that it is not what the model
// wanted.
void CallInput::end_cut(std::string& out) {
  if (form_ != Form::kObject || scanner_.is_whole() || scanner_.is_broken()) return;
  std::string member = "\"rawInvalidInput\":\"";
  member.append(is_said_whole_ ? std::string_view(said_) : kCut) += '"';
  std::string rest;
  scanner_.append_end(member, rest);
  json::escape_to(out, rest);
  scanner_.push(rest);
}

void CallInput::begin_text(std::string_view key, std::string& out) {
  form_ = Form::kText;
  out.append(R"({\")").append(key).append(R"(\":\")");
}

void CallInput::keep(json::RawString fragment) {
  is_said_whole_ = is_said_whole_ && said_.size() + fragment.text.size() <= kHeldTextBytesMax;
  if (is_said_whole_) {
    said_ += fragment.text;
  } else {
    std::string().swap(said_);
  }
}

bool CallInput::add_to_object(json::RawString fragment, std::string& out) {
  out += fragment.text;
  keep(fragment);
  if (fragment.text.find('\\') == std::string_view::npos) {
    scanner_.push(fragment.text);
  } else {
    scanner_.push(json::unescape(fragment));
  }
  return !scanner_.is_broken();
}

}  // namespace onellm::dialects::anthropic_messages
