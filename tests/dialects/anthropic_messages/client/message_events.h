// Events of an answer, and the stream of the Messages API that is made of them.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "chat/answer/answer.h"
#include "dialects/anthropic_messages/client/encode_reply.h"
#include "dialects/anthropic_messages/client/encode_stream.h"
#include "support/message_stream.h"

namespace onellm::dialects::anthropic_messages {

using chat::Event;
using chat::EventKind;
using chat::FinishReason;
using Json = nlohmann::json;

inline const ReplyMeta kMeta{.id = "", .fallback_id = "msg_1", .request_id = "req-1", .estimated_input_tokens = 12};
inline const chat::Origin kGoogle{.provider = "google", .model = "gemini-3", .dialect = kGemini};
inline const chat::Origin kHost{.provider = "compat1", .model = "r1", .dialect = kOpenaiChat};
inline const chat::Origin kClaude{.provider = "anthropic", .model = "claude", .dialect = kAnthropicMessages};

inline Event started(const chat::Origin* origin = nullptr) {
  return {.kind = EventKind::kStarted, .id = {"id-1"}, .name = {"m"}, .origin = origin};
}
inline Event text(std::string_view words) { return {.kind = EventKind::kText, .text = {words}}; }
inline Event thought(std::string_view words) { return {.kind = EventKind::kReasoning, .text = {words}}; }
inline Event call(uint32_t index, std::string_view id = "c", const chat::EventDetails* details = nullptr) {
  return {.kind = EventKind::kToolCallOpened, .tool_call = index, .id = {id}, .name = {"f"}, .details = details};
}
inline Event input(uint32_t index, std::string_view raw) {
  return {.kind = EventKind::kToolArguments, .tool_call = index, .text = {raw}};
}
inline Event finished(FinishReason reason = FinishReason::kStop) {
  return {.kind = EventKind::kFinished, .finish = reason};
}
inline const Event kDone{.kind = EventKind::kCompleted};

inline std::string encode(const std::vector<Event>& events, const ReplyMeta& meta = kMeta) {
  MessageStreamEncoder encoder(meta);
  std::string out;
  for (const Event& event : events) encoder.take(event, out);
  return out;
}

// Reads it, and expects that it breaks no rule.
inline test::MessageStream read(const std::vector<Event>& events, const ReplyMeta& meta = kMeta) {
  const std::string out = encode(events, meta);
  test::MessageStream stream(out);
  stream.expect_over();
  EXPECT_EQ(stream.problems, std::vector<std::string>{}) << out;
  return stream;
}

// The whole reply that is made of the same events.
inline Json whole_reply(const std::vector<Event>& events, const ReplyMeta& meta = kMeta) {
  chat::Answer answer(kAnthropicMessages);
  for (const Event& event : events) answer.take(event);
  std::string out;
  encode_reply(answer, meta, out);
  const Json reply = Json::parse(out, nullptr, false);
  EXPECT_FALSE(reply.is_discarded()) << out;
  return reply;
}

}  // namespace onellm::dialects::anthropic_messages
