// OpenAI's wire format as tests need it: what an upstream sends, and what a client makes of a stream.
// https://platform.openai.com/docs/api-reference/chat-streaming
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace onellm::test {

using Json = nlohmann::json;

inline constexpr const char* kDone = "data: [DONE]\n\n";

// --- what a client sends ---

// A request with one short message, and `more` on top of it.
inline Json chat_request(const std::string& model, bool stream, const Json& more = Json::object()) {
  Json body = {{"model", model}, {"stream", stream}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}};
  body.update(more);
  return body;
}

// --- what an upstream sends ---

inline std::string sse(const Json& value) { return "data: " + value.dump() + "\n\n"; }
inline Json chunk(const Json& delta, const Json& finish_reason = nullptr) {
  return {{"id", "chatcmpl-up"},
          {"object", "chat.completion.chunk"},
          {"created", 1600000000},
          {"model", "served-model"},
          {"choices", {{{"index", 0}, {"delta", delta}, {"logprobs", nullptr}, {"finish_reason", finish_reason}}}}};
}
inline std::string role() { return sse(chunk({{"role", "assistant"}, {"content", ""}, {"refusal", nullptr}})); }
inline std::string text(const std::string& words) { return sse(chunk({{"content", words}})); }
inline std::string reasoning(const std::string& words) { return sse(chunk({{"reasoning_content", words}})); }
inline std::string finish(const std::string& reason = "stop") { return sse(chunk(Json::object(), reason)); }
inline std::string tool_call(int index, const std::string& id, const std::string& name, const std::string& arguments) {
  return sse(chunk({{"tool_calls",
                     {{{"index", index},
                       {"id", id},
                       {"type", "function"},
                       {"function", {{"name", name}, {"arguments", arguments}}}}}}}));
}
inline std::string usage(int prompt, int completion) {
  Json whole = chunk(Json::object());
  whole["choices"] = Json::array();
  whole["usage"] = {
      {"prompt_tokens", prompt}, {"completion_tokens", completion}, {"total_tokens", prompt + completion}};
  return sse(whole);
}
inline std::string error_body(const std::string& message, const std::string& type, const Json& code = nullptr) {
  return Json{{"error", {{"message", message}, {"type", type}, {"param", nullptr}, {"code", code}}}}.dump();
}
inline std::string error_event(const std::string& message, const std::string& type, const Json& code = nullptr) {
  return "data: " + error_body(message, type, code) + "\n\n";
}
inline std::string completion(const std::string& words, const std::string& reason = "stop") {
  return Json{{"id", "chatcmpl-up"},
              {"object", "chat.completion"},
              {"created", 1600000000},
              {"model", "served-model"},
              {"choices",
               {{{"index", 0},
                 {"message", {{"role", "assistant"}, {"content", words}, {"refusal", nullptr}}},
                 {"logprobs", nullptr},
                 {"finish_reason", reason}}}},
              {"usage", {{"prompt_tokens", 3}, {"completion_tokens", 2}, {"total_tokens", 5}}}}
      .dump();
}
// A whole stream that says `words`.
inline std::string speech(const std::string& words) { return role() + text(words) + finish() + usage(3, 2) + kDone; }

// --- what a client makes of a stream ---

struct StreamedCall {
  std::string id;
  std::string name;
  std::string arguments;
  bool operator==(const StreamedCall&) const = default;
};

struct StreamedChoice {
  int roles = 0;
  std::string content;
  std::string reasoning;
  std::map<int, StreamedCall> calls;
  std::vector<std::string> finishes;
  Json error;
};

struct Stream {
  std::vector<Json> chunks;
  std::map<int, StreamedChoice> choices;
  std::vector<std::pair<std::string, std::string>> said;  // Model and text, joined while the model is the same.
  std::vector<std::string> ids;                           // Different ones, in order.
  Json usage;                                             // Of the usage chunk.
  Json onellm;
  Json error;
  int keep_alives = 0;
  int dones = 0;
};

inline void read_delta(const Json& delta, const std::string& model, StreamedChoice& choice, Stream& stream) {
  if (delta.contains("role")) ++choice.roles;
  const std::string words = delta.contains("content") && delta["content"].is_string() ? delta["content"] : Json("");
  choice.content += words;
  if (!words.empty()) {
    if (stream.said.empty() || stream.said.back().first != model) stream.said.emplace_back(model, "");
    stream.said.back().second += words;
  }
  if (delta.contains("reasoning_content")) choice.reasoning += delta["reasoning_content"];
  if (!delta.contains("tool_calls")) return;
  for (const Json& call : delta["tool_calls"]) {
    StreamedCall& streamed = choice.calls[call["index"]];
    if (call.contains("id")) streamed.id += call["id"];
    if (call["function"].contains("name")) streamed.name += call["function"]["name"];
    if (call["function"].contains("arguments")) streamed.arguments += call["function"]["arguments"];
  }
}

inline void read_chunk(const Json& value, Stream& stream) {
  stream.chunks.push_back(value);
  if (value.contains("error")) {
    stream.error = value["error"];
    return;
  }
  if (stream.ids.empty() || stream.ids.back() != value["id"]) stream.ids.push_back(value["id"]);
  if (value.contains("onellm")) stream.onellm = value["onellm"];
  if (value["choices"].empty()) stream.usage = value["usage"];
  for (const Json& one : value["choices"]) {
    StreamedChoice& choice = stream.choices[one["index"]];
    EXPECT_TRUE(choice.finishes.empty()) << "a chunk after the finish: " << value;
    read_delta(one["delta"], value["model"], choice, stream);
    if (one.contains("error")) choice.error = one["error"];
    if (!one["finish_reason"].is_null()) choice.finishes.push_back(one["finish_reason"]);
  }
}

// Reads a stream as strictly as the strictest client does.
inline Stream read_stream(const std::string& body) {
  Stream stream;
  size_t at = 0;
  while (at < body.size()) {
    const size_t end = body.find("\n\n", at);
    EXPECT_NE(end, body.npos) << "half an event: " << body.substr(at);
    if (end == body.npos) break;
    const std::string block = body.substr(at, end - at);
    at = end + 2;
    EXPECT_EQ(stream.dones, 0) << "something after [DONE]: " << block;
    if (block.starts_with(":")) {
      ++stream.keep_alives;
    } else if (block == "data: [DONE]") {
      ++stream.dones;
    } else if (!block.empty()) {
      EXPECT_TRUE(block.starts_with("data: ")) << block;
      const Json value = Json::parse(block.substr(6), nullptr, false);
      EXPECT_TRUE(value.is_object()) << block;
      if (value.is_object()) read_chunk(value, stream);
    }
  }
  return stream;
}

}  // namespace onellm::test
