// A paused turn: its content as it goes back, and the request that it goes back with.
#include "dialects/anthropic_messages/request/turn_content.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/limits.h"
#include "chat/event.h"
#include "dialects/anthropic_messages/request/continued.h"

namespace onellm::dialects::anthropic_messages {
namespace {

using Json = nlohmann::json;

std::string content_of(const std::vector<std::string>& events) {
  TurnContent content;
  for (const std::string& event : events) content.take_event(event);
  return content.array();
}

std::string start(const std::string& block) {
  return R"({"type":"content_block_start","index":0,"content_block":)" + block + "}";
}
std::string delta(const std::string& members) {
  return R"({"type":"content_block_delta","index":0,"delta":{)" + members + "}}";
}
const std::string kStop = R"({"type":"content_block_stop","index":0})";

TEST(TurnContent, PutsTheBlocksOfAStreamTogether) {
  const std::string content = content_of({
      R"({"type":"message_start","message":{"id":"m","content":[]}})",
      start(R"({"type":"thinking","thinking":"","signature":""})"),
      delta(R"("type":"thinking_delta","thinking":"I \"wonder")"),
      delta(R"("type":"signature_delta","signature":"c2ln")"),
      kStop,
      start(R"({"type":"text","text":""})"),
      delta(R"("type":"text_delta","text":"Let me ")"),
      R"({"type":"ping"})",
      delta(R"("type":"text_delta","text":"search.")"),
      delta(R"("type":"citations_delta","citation":{"url":"a"})"),
      delta(R"("type":"citations_delta","citation":{"url":"b"})"),
      kStop,
      start(R"({"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{}})"),
      delta(R"("type":"input_json_delta","partial_json":"")"),
      delta(R"("type":"input_json_delta","partial_json":"{\"query\":")"),
      delta(R"("type":"input_json_delta","partial_json":"\"Oslo\"}")"),
      kStop,
      start(R"({"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"encrypted_content":"x"}]})"),
      kStop,
      R"({"type":"message_delta","delta":{"stop_reason":"pause_turn"}})",
  });
  EXPECT_EQ(Json::parse(content, nullptr, false), Json::parse(R"([
      {"type":"thinking","thinking":"I \"wonder","signature":"c2ln"},
      {"type":"text","text":"Let me search.","citations":[{"url":"a"},{"url":"b"}]},
      {"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"Oslo"}},
      {"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"encrypted_content":"x"}]}])",
                                                              nullptr, false))
      << content;
}

TEST(TurnContent, IsThatOfAWholeReplyWithoutEmptyTexts) {
  TurnContent content;
  content.take_reply(R"({"id":"m","content":[{"type":"text","text":" \n"},{"type":"text","text":"Hi"},{"x":1}]})");
  EXPECT_EQ(content.array(), R"([{"type":"text","text":"Hi"},{"x":1}])");
}

TEST(TurnContent, IsNoneWhereItCannotGoBack) {
  EXPECT_EQ(content_of({}), "");
  EXPECT_EQ(content_of({start(R"({"type":"text","text":""})"), kStop}), "");
  EXPECT_EQ(content_of({start("7"), kStop}), "");
  EXPECT_EQ(content_of({start(R"({"type":"server_tool_use","input":{}})"),
                        delta(R"("type":"input_json_delta","partial_json":"{\"cut")"), kStop}),
            "");
  EXPECT_EQ(
      content_of({start(R"({"type":"text","text":"Hi"})"), kStop, start(R"({"type":"text","text":""})"),
                  delta(R"("type":"text_delta","text":")" + std::string(kUnfinishedTurnBytesMax, 'x') + "\""), kStop}),
      "");
}

TEST(ContinuedRequest, HasTheTurnBehindTheOthers) {
  EncodedRequest request;
  request.body.add_view(R"({"model":"m","messages":[{"role":"user",)");
  request.body.add_view(R"("content":"Hi"}]})");
  request.reply.may_pause = true;
  const chat::UnfinishedTurn turn{.content = {R"([{"type":"text","text":"A"}])"}, .characters = 1};
  const std::optional<EncodedRequest> next = continue_request(request, turn);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->body.flat(), R"({"model":"m","messages":[{"role":"user","content":"Hi"},)"
                               R"({"role":"assistant","content":[{"type":"text","text":"A"}]}]})");
  EXPECT_TRUE(next->reply.may_pause);
  EXPECT_EQ(next->reply.characters_before, 1);
  const std::optional<EncodedRequest> third = continue_request(*next, turn);
  ASSERT_TRUE(third);
  EXPECT_TRUE(Json::accept(third->body.flat())) << third->body.flat();
  EXPECT_FALSE(continue_request(EncodedRequest{}, turn));
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
