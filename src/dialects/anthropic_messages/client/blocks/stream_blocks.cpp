#include "dialects/anthropic_messages/client/blocks/stream_blocks.h"

#include <utility>

#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr std::string_view kDeltaEnd = "\"}}\n\n";
constexpr std::string_view kNoCharacter = R"(\ufffd)";
constexpr size_t kSurrogateBytes = 6;  // `\ud83d`

// https://www.unicode.org/glossary/#high_surrogate_code_unit
bool is_first_half(std::string_view text, size_t at) {
  return std::string_view("89abAB").find(text[at + 3]) != std::string_view::npos;
}

}  // namespace

void StreamBlocks::begin_start(std::string& out) const {
  out += "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":";
  json::append_integer(out, index_);
  out += R"(,"content_block":)";
}

// `delta`: type and first key of the deltas of this block.
void StreamBlocks::end_start(std::string_view delta, std::string& out) {
  out += "}\n\n";
  head_.clear();
  begin_delta(head_);
  head_ += delta;
}

void StreamBlocks::begin_delta(std::string& out) const {
  out += "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":";
  json::append_integer(out, index_);
  out += R"(,"delta":{"type":)";
}

void StreamBlocks::append_delta(std::string_view inside, std::string& out) const {
  out += head_;
  out += inside;
  out += kDeltaEnd;
}

void StreamBlocks::add_joined(std::string_view inside, std::string& out) {
  const std::string text = joined(inside);
  if (!text.empty()) append_delta(text, out);
}

std::string StreamBlocks::joined(std::string_view inside) {
  std::string text = std::exchange(half_, {});
  text += inside;
  size_t lone = json::find_lone_surrogate(text, 0);
  while (lone != text.npos) {
    if (lone + kSurrogateBytes == text.size() && is_first_half(text, lone)) {
      half_ = text.substr(lone);
      text.resize(lone);
      break;
    }
    text.replace(lone, kSurrogateBytes, kNoCharacter);
    lone = json::find_lone_surrogate(text, lone + kSurrogateBytes);
  }
  return text;
}

// Writes no delta if nothing was appended, or if the input broke.
template <typename F>
bool StreamBlocks::add_input_delta(const F& append, std::string& out) {
  const size_t begin = out.size();
  out += head_;
  const bool is_good = append();
  if (!is_good || out.size() == begin + head_.size()) {
    out.resize(begin);
  } else {
    out += kDeltaEnd;
  }
  return is_good;
}

// The other half never came.
void StreamBlocks::end_text(std::string& out) {
  if (std::exchange(half_, {}).empty()) return;
  if (!is_call_) return append_delta(kNoCharacter, out);
  static_cast<void>(add_input_delta([&] { return input_.add({kNoCharacter}, out); }, out));  // It breaks no string.
}

void StreamBlocks::open_text(std::string& out) {
  begin_start(out);
  out += R"({"type":"text","text":""})";
  end_start(R"("text_delta","text":")", out);
}

void StreamBlocks::cite(const chat::Citation& citation, std::string& out) {
  begin_delta(out);
  out += R"("citations_delta","citation":)";
  append_citation(citation, out);
  out += "}}\n\n";
}

void StreamBlocks::open_thinking(std::string& out) {
  begin_start(out);
  out += R"({"type":"thinking","thinking":"","signature":""})";
  end_start(R"("thinking_delta","thinking":")", out);
}

void StreamBlocks::sign(std::string_view signature, std::string& out) {
  end_text(out);
  begin_delta(out);
  out += R"("signature_delta","signature":")";
  out += signature;
  out += kDeltaEnd;
}

void StreamBlocks::add_redacted(std::string_view data, std::string& out) {
  begin_start(out);
  out.append(R"({"type":"redacted_thinking","data":")").append(data) += "\"}";
  end_start({}, out);
  static_cast<void>(close(out));
}

void StreamBlocks::open_call(std::string_view id, std::string_view name, bool custom, std::string& out) {
  is_call_ = true;
  input_ = CallInput(custom);
  begin_start(out);
  out.append(R"({"type":"tool_use","id":")").append(id);
  out.append(R"(","name":")").append(name).append(R"(","input":{}})");
  end_start(R"("input_json_delta","partial_json":")", out);
}

bool StreamBlocks::add_input(json::RawString fragment, std::string& out) {
  if (half_.empty() && !json::may_end_in_surrogate(fragment.text)) {
    return add_input_delta([&] { return input_.add(fragment, out); }, out);
  }
  const std::string text = joined(fragment.text);
  return add_input_delta([&] { return input_.add({text}, out); }, out);
}

void StreamBlocks::end_cut_input(std::string& out) {
  end_text(out);
  const auto close_object = [&] { return input_.end_cut(out), true; };
  static_cast<void>(add_input_delta(close_object, out));
}

bool StreamBlocks::close(std::string& out) {
  end_text(out);
  if (is_call_ && !add_input_delta([&] { return input_.end(out); }, out)) return false;
  is_call_ = false;
  out += "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":";
  json::append_integer(out, index_++);
  out += "}\n\n";
  return true;
}

}  // namespace onellm::dialects::anthropic_messages
