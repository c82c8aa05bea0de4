// Reads a stream of the Messages API as a strict client does, and notes every rule that it breaks.
// https://docs.claude.com/en/docs/build-with-claude/streaming
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "json/raw.h"

namespace onellm::test {

class MessageStream {
 public:
  using Json = nlohmann::json;

  explicit MessageStream(const std::string& stream) {
    size_t at = 0;
    while (at < stream.size()) {
      const size_t end = stream.find("\n\n", at);
      if (end == stream.npos) {
        complain("the last event has no blank line");
        return;
      }
      read_frame(std::string_view(stream).substr(at, end - at));
      at = end + 2;
    }
  }

  std::vector<std::string> problems;
  Json start = nullptr;            // The message of message_start.
  Json content = Json::array();    // The blocks, joined from their deltas.
  Json delta = nullptr;            // The whole message_delta.
  Json error = nullptr;            // The whole error event.
  std::vector<std::string> types;  // Of all events in order.
  bool ended = false;              // message_stop was read.

  // A stream that is over: well, or with an error.
  void expect_over() {
    if (!ended && error.is_null()) complain("neither message_stop nor error");
  }
  [[nodiscard]] std::string text_of(const char* type, const char* key) const {
    std::string text;
    for (const Json& block : content) {
      if (block.value("type", "") == type) text += block.value(key, "");
    }
    return text;
  }

 private:
  void complain(const std::string& problem) { problems.push_back(problem); }
  void require(bool good, const std::string& problem) {
    if (!good) complain(problem);
  }

  // Half a character that its provider never completed is no mistake of the stream, but the parser refuses it.
  static std::string without_halves(std::string_view data) {
    std::string text(data);
    for (size_t at = json::find_lone_surrogate(text, 0); at != text.npos; at = json::find_lone_surrogate(text, at)) {
      text.replace(at, 6, "\\ufffd");
    }
    return text;
  }

  void read_frame(std::string_view frame) {
    const size_t line_end = frame.find('\n');
    if (!frame.starts_with("event: ") || line_end == frame.npos)
      return complain("no event line: " + std::string(frame));
    const std::string type(frame.substr(7, line_end - 7));
    const std::string_view data = frame.substr(line_end + 1);
    if (!data.starts_with("data: ") || data.find('\n') != data.npos) return complain("data is no single line");
    const Json event = Json::parse(without_halves(data.substr(6)), nullptr, false);
    if (!event.is_object()) return complain("data is no object: " + std::string(data));
    require(event.value("type", "") == type, "the event line says " + type);
    types.push_back(type);
    require(!ended, type + " after message_stop");
    require(error.is_null(), type + " after error");
    read_event(type, event);
  }

  void read_event(const std::string& type, const Json& event) {
    if (type == "ping") return;
    if (type == "error") return read_error(event);
    if (type == "message_start") return read_start(event);
    require(!start.is_null(), type + " before message_start");
    if (type == "content_block_start") return open_block(event);
    if (type == "content_block_delta") return read_delta(event);
    if (type == "content_block_stop") return close_block(event);
    if (type == "message_delta") return read_end(event);
    if (type != "message_stop") return complain("unknown event " + type);
    require(!delta.is_null(), "message_stop before message_delta");
    require(!open_, "message_stop with an open block");
    ended = true;
  }

  void read_error(const Json& event) {
    error = event;
    const Json body = event.value("error", Json());
    require(body.is_object() && !body.value("type", "").empty(), "error without type");
    require(body.is_object() && !body.value("message", "").empty(), "error without message");
    require(event.contains("request_id"), "error without request_id");
  }

  void read_start(const Json& event) {
    require(start.is_null(), "a second message_start");
    start = event.value("message", Json::object());
    require(start.value("type", "") == "message" && start.value("role", "") == "assistant", "start: type or role");
    require(!start.value("id", "").empty() && !start.value("model", "").empty(), "start: id or model");
    require(start.value("content", Json()) == Json::array(), "start: content");
    require(start.contains("stop_reason") && start["stop_reason"].is_null(), "start: stop_reason");
    require(start.contains("stop_sequence") && start["stop_sequence"].is_null(), "start: stop_sequence");
    require_usage(start.value("usage", Json()));
    const Json usage = start.value("usage", Json::object());
    const int64_t input = usage.value("input_tokens", 0) + usage.value("cache_read_input_tokens", 0) +
                          usage.value("cache_creation_input_tokens", 0);
    require(input > 0, "start: no input tokens");
  }

  void require_usage(const Json& usage) {
    for (const char* key :
         {"input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"}) {
      const bool is_count = usage.is_object() && usage.contains(key) && usage[key].is_number_integer();
      require(is_count && usage[key] >= 0, std::string("usage: ") + key);
    }
  }

  void open_block(const Json& event) {
    require(!open_, "a block starts in an open block");
    require(delta.is_null(), "a block after message_delta");
    require(event.value("index", -1) == static_cast<int>(content.size()), "index of a block has a gap");
    const Json block = event.value("content_block", Json::object());
    const std::string type = block.value("type", "");
    if (type == "text") require(block.value("text", "x").empty(), "a text block starts with text");
    if (type == "thinking") {
      require(block.value("thinking", "x").empty() && block.value("signature", "x").empty(), "thinking starts full");
    }
    if (type == "redacted_thinking") require(!block.value("data", "").empty(), "redacted_thinking without data");
    if (type == "tool_use") {
      require(!block.value("id", "").empty() && !block.value("name", "").empty(), "tool_use without id or name");
      require(block.value("input", Json()) == Json::object(), "tool_use starts with input");
    }
    const bool is_known = type == "text" || type == "thinking" || type == "redacted_thinking" || type == "tool_use";
    require(is_known, "unknown block " + type);
    content.push_back(block);
    open_ = true;
    signed_ = false;
    input_.clear();
  }

  void read_delta(const Json& event) {
    if (!open_) return complain("a delta without a block");
    require(event.value("index", -1) == static_cast<int>(content.size()) - 1, "a delta of another block");
    Json& block = content.back();
    const Json part = event.value("delta", Json::object());
    const std::string type = part.value("type", "");
    static const std::map<std::string, std::pair<const char*, const char*>> kKinds = {
        {"text_delta", {"text", "text"}},
        {"thinking_delta", {"thinking", "thinking"}},
        {"signature_delta", {"thinking", "signature"}},
        {"input_json_delta", {"tool_use", "partial_json"}},
        {"citations_delta", {"text", "citation"}}};
    const auto kind = kKinds.find(type);
    if (kind == kKinds.end()) return complain("unknown delta " + type);
    require(block.value("type", "") == kind->second.first, type + " in another block");
    const char* const key = kind->second.second;
    if (type == "citations_delta") {
      require(part.contains(key) && part[key].is_object(), "a citation is no object");
      block["citations"].push_back(part.value(key, Json()));
      return;
    }
    if (!part.contains(key) || !part[key].is_string()) return complain(type + " has no text");
    const std::string text = part[key];
    require(!text.empty(), "empty " + type);
    if (type == "input_json_delta") {
      input_ += text;
      return;
    }
    require(!signed_, type + " after the signature");
    signed_ = type == "signature_delta";
    block[key] = block.value(key, "") + text;
  }

  void close_block(const Json& event) {
    if (!open_) return complain("a stop without a block");
    require(event.value("index", -1) == static_cast<int>(content.size()) - 1, "a stop of another block");
    Json& block = content.back();
    if (block.value("type", "") == "text") require(!block.value("text", "").empty(), "a text block without text");
    if (block.value("type", "") == "tool_use" && !input_.empty()) {
      block["input"] = Json::parse(input_, nullptr, false);
      require(block["input"].is_object(), "the input is no object: " + input_);
    }
    open_ = false;
  }

  void read_end(const Json& event) {
    require(!open_, "message_delta with an open block");
    require(delta.is_null(), "a second message_delta");
    delta = event;
    const Json part = event.value("delta", Json::object());
    const std::string reason = part.value("stop_reason", "");
    require(!reason.empty(), "no stop_reason");
    require(part.contains("stop_sequence"), "no stop_sequence");
    require_usage(event.value("usage", Json()));
    bool has_calls = false;
    for (const Json& block : content) has_calls |= block.value("type", "") == "tool_use";
    require(has_calls || reason != "tool_use", "tool_use without a call");
    require(!has_calls || (reason != "end_turn" && reason != "stop_sequence"), reason + " with a call");
  }

  bool open_ = false;
  bool signed_ = false;
  std::string input_;
};

}  // namespace onellm::test
