// What a client of the Messages API gets of the replies of every dialect, streamed and whole.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "chat/answer/answer.h"
#include "dialects/anthropic_messages/client/encode_reply.h"
#include "dialects/anthropic_messages/client/encode_stream.h"
#include "dialects/common/reasoning/envelope.h"
#include "support/message_stream.h"
#include "support/reply_fixtures.h"

namespace onellm::dialects::anthropic_messages {
namespace {

using Json = nlohmann::json;
using test::ReplyFixture;

const ReplyMeta kMeta{.id = "", .fallback_id = "msg_fallback", .request_id = "req-1"};

// Hands on events with the origin that the gateway gives them, in both forms.
class Both final : public chat::EventSink {
 public:
  explicit Both(const Dialect& from) : origin_{.provider = "p", .model = "m", .dialect = from.id()} {}
  void take(const chat::Event& event) override {
    chat::Event shown = event;
    if (event.kind == chat::EventKind::kStarted) shown.origin = &origin_;
    answer.take(shown);
    encoder_.take(shown, stream);
  }
  chat::Answer answer{kAnthropicMessages};
  std::string stream;

 private:
  const chat::Origin origin_;
  MessageStreamEncoder encoder_{kMeta};
};

// The block of a signature that stands behind its call as it stands before the call; null for any other block.
Json in_time(const Json& block) {
  const std::optional<Envelope> opened = open_envelope(block.value("data", ""));
  if (!opened || opened->payload.find(R"("of":"call before")") == std::string::npos) return {};
  Json payload = Json::parse(opened->payload);
  payload.erase("of");
  return {{"type", block["type"]},
          {"data", seal_envelope(opened->kind, opened->provider, opened->model, {payload.dump()})}};
}

// Blocks in which a stream and a whole reply may differ: neighbouring texts are joined, late citations left out, and
// late signatures of calls put before these.
Json comparable(const Json& content) {
  Json blocks = Json::array();
  for (Json block : content) {
    block.erase("citations");
    if (const Json early = in_time(block); !early.is_null()) {
      blocks.insert(blocks.end() - 1, early);
      continue;
    }
    const bool goes_on = block["type"] == "text" && !blocks.empty() && blocks.back()["type"] == "text";
    if (goes_on) {
      blocks.back()["text"] = blocks.back()["text"].get<std::string>() + block["text"].get<std::string>();
    } else {
      blocks.push_back(block);
    }
  }
  return blocks;
}

class EveryReplyForMessages : public testing::TestWithParam<ReplyFixture> {};
INSTANTIATE_TEST_SUITE_P(Messages, EveryReplyForMessages, testing::ValuesIn(test::all_reply_fixtures()),
                         [](const auto& test) { return test.param.test_name(); });

TEST_P(EveryReplyForMessages, GivesAStreamThatBreaksNoRule) {
  Both both(*GetParam().dialect);
  decode(GetParam(), both);
  test::MessageStream stream(both.stream);
  stream.expect_over();
  EXPECT_EQ(stream.problems, std::vector<std::string>{}) << both.stream;
}

TEST_P(EveryReplyForMessages, GivesTheSameStreamForEveryCut) {
  if (!GetParam().streamed) return;
  Both whole(*GetParam().dialect);
  decode(GetParam(), whole);
  for (const size_t piece_bytes : {size_t{1}, size_t{7}, size_t{64}}) {
    Both both(*GetParam().dialect);
    decode(GetParam(), both, piece_bytes);
    EXPECT_EQ(both.stream, whole.stream) << piece_bytes;
  }
}

TEST_P(EveryReplyForMessages, SaysTheSameStreamedAndWhole) {
  Both both(*GetParam().dialect);
  decode(GetParam(), both);
  const test::MessageStream stream(both.stream);
  if (!stream.ended) return;
  std::string reply;
  encode_reply(both.answer, kMeta, reply);
  const Json message = Json::parse(reply, nullptr, false);
  ASSERT_TRUE(message.is_object()) << reply;
  EXPECT_EQ(comparable(message["content"]), comparable(stream.content)) << reply;
  for (const char* key : {"id", "type", "role", "model"}) EXPECT_EQ(message[key], stream.start[key]) << key;
  for (const char* key : {"stop_reason", "stop_sequence"}) EXPECT_EQ(message[key], stream.delta["delta"][key]) << key;
  EXPECT_EQ(message["usage"], stream.delta["usage"]);
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
