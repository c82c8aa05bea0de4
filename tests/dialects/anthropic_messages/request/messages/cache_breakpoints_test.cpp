// Marks of the prompt cache that nobody asked for.
#include "dialects/anthropic_messages/request/messages/cache_breakpoints.h"

#include "dialects/anthropic_messages/encoding_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

constexpr const char* kMark = R"(,"cache_control":{"type":"ephemeral"})";
constexpr const char* kTools = R"("tools":[{"type":"function","function":{"name":"f"}}])";

std::string send(std::string_view messages, bool may_mark = true, const std::string& members = kTools) {
  const DecodedBody decoded =
      decode_good(R"({"model":"m","messages":[)" + std::string(messages) + "]," + members + "}");
  chat::Request request = *decoded.request;
  request.options.auto_cache = may_mark;
  Result<EncodedRequest> encoded = encode_request(
      request, {.model = kNewestModel, .contract = models::contract_of(models::Maker::kAnthropic, kNewestModel)});
  EXPECT_TRUE(encoded);
  return encoded ? encoded->body.flat() : std::string();
}

std::string without_marks(std::string text) {
  const std::string_view mark = kMark;
  for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.erase(at, mark.size());
  return text;
}

size_t count_marks(const std::string& text) {
  size_t count = 0;
  for (size_t at = text.find(kMark); at != std::string::npos; at = text.find(kMark, at + 1)) ++count;
  return count;
}

// One step of an agent's loop: so many calls, and their results.
std::string step(int number, int calls = 1) {
  std::string asked;
  std::string results;
  for (int i = 0; i < calls; ++i) {
    const std::string id = "c" + std::to_string(number) + "_" + std::to_string(i);
    asked += std::string(i == 0 ? "" : ",") + R"({"id":")" + id +
             R"(","type":"function","function":{"name":"f","arguments":"{}"}})";
    results += std::string(R"(,{"role":"tool","tool_call_id":")") + id + R"(","content":"result"})";
  }
  return R"(,{"role":"assistant","content":null,"tool_calls":[)" + asked + "]}" + results;
}

const std::string kTask = R"({"role":"system","content":"Be brief."},{"role":"user","content":"Do it."})";

TEST(CacheBreakpoints, StandUnaskedOnTheLastResult) {
  const Json body = parse(send(kTask + step(1)));
  const Json& last = body["messages"].back();
  EXPECT_EQ(last["role"], "user");
  EXPECT_EQ(last["content"].back()["type"], "tool_result");
  EXPECT_EQ(last["content"].back()["cache_control"], parse(R"({"type":"ephemeral"})"));
  EXPECT_EQ(count_marks(body.dump()), 0u);  // dump() sorts members; the text itself has one.
  EXPECT_EQ(count_marks(send(kTask + step(1) + step(2))), 1u);
}

TEST(CacheBreakpoints, AreNotAddedWhereTheyAreNotWanted) {
  EXPECT_EQ(count_marks(send(kTask)), 0u);                   // Nobody called a tool.
  EXPECT_EQ(count_marks(send(kTask + step(1), false)), 0u);  // Switched off.
  const std::string marked = R"({"role":"user","content":[{"type":"text","text":"Do it.",)"
                             R"("cache_control":{"type":"ephemeral"}}]})";
  EXPECT_EQ(count_marks(send(marked + step(1))), 1u);  // The client's own.
  const std::string for_all = std::string(kTools) + R"(,"cache_control":{"type":"ephemeral"})";
  EXPECT_EQ(count_marks(send(kTask + step(1), true, for_all)), 1u);
}

TEST(CacheBreakpoints, StandAtTheLastOneTooWhereTheApiWouldNotLookSoFar) {
  EXPECT_EQ(count_marks(send(kTask + step(1) + step(2, 9))), 1u);
  EXPECT_EQ(count_marks(send(kTask + step(1) + step(2, 10))), 2u);
  EXPECT_EQ(count_marks(send(kTask + step(1, 10) + step(2))), 1u);
}

TEST(CacheBreakpoints, ChangeNothingOfAPromptButTheMark) {
  std::string messages = kTask;
  std::string before;
  const std::string turns[] = {step(1),
                               step(2, 12),
                               R"(,{"role":"assistant","content":"Done."},{"role":"user","content":"More."})",
                               step(3),
                               R"(,{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]})",
                               step(4, 3)};
  for (const std::string& turn : turns) {
    messages += turn;
    const std::string sent = send(messages);
    EXPECT_GT(count_marks(sent), 0u);
    EXPECT_EQ(without_marks(sent), send(messages, false));
    const std::string now = without_marks(sent);
    // What the next request adds is behind the messages: `]}` ends both.
    if (!before.empty() && turn.find("\"user\",\"content\":[") == std::string::npos) {
      const std::string start = before.substr(0, before.rfind("]}"));
      EXPECT_EQ(now.substr(0, start.size()), start);
    }
    before = now;
  }
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
