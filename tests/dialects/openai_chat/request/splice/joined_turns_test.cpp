// Messages of one role in a row become one, for hosts whose turns must alternate.
#include "dialects/openai_chat/request/splice/messages/joined_turns.h"

#include <gtest/gtest.h>

#include "dialects/openai_chat/request_encoder_support.h"

namespace onellm::dialects::openai_chat {
namespace {

HostRules alternating() { return {.mapping = HostMapping::kCompatible, .takes_repeated_roles = false}; }

Sent say(std::string_view messages) { return send_messages("m", messages, alternating()); }

TEST(JoinedTurns, AreTextsWithAnEmptyLineBetween) {
  EXPECT_EQ(say(R"({"role":"user","content":"a\n"},{"role":"user","content":"b"},{"content":"c","role":"user"})"),
            (Sent{R"({"role":"user","content":"a\n\n\nb\n\nc"})", {}}));
  EXPECT_EQ(
      say(R"({"role":"user","content":"hi"},{"role":"assistant","content":"a"},{"role":"assistant","content":"b"},)"
          R"({"role":"user","content":"go on"})"),
      (Sent{R"({"role":"user","content":"hi"},{"role":"assistant","content":"a\n\nb"},)"
            R"({"role":"user","content":"go on"})",
            {}}));
}

TEST(JoinedTurns, AreTheSameBytesWhereTheRolesAlternate) {
  for (const char* messages :
       {R"({"role":"system","content":"s"},{"role":"developer","content":"d"},{ "role" : "user","content":"a"})",
        R"({"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"})",
        R"({"role":"assistant","content":"b"},{"role":"user","content":"c"})"}) {
    HostRules rules = alternating();
    const Sent joined = send_messages("m", messages, rules);
    rules.takes_repeated_roles = true;
    EXPECT_EQ(joined, send_messages("m", messages, rules));
  }
}

TEST(JoinedTurns, OfOtherHostsStayApart) {
  const char* two = R"({"role":"user","content":"a"},{"role":"user","content":"b"})";
  EXPECT_EQ(send_messages("m", two, {.mapping = HostMapping::kCompatible}), (Sent{two, {}}));
}

TEST(JoinedTurns, OfANativeHostAreJoinedToo) {
  const char* two = R"({"role":"user","content":"a"},{"role":"user","content":"b"})";
  HostRules as_written = alternating();
  as_written.mapping = HostMapping::kAsWritten;
  EXPECT_EQ(send_messages("m", two, as_written), (Sent{R"({"role":"user","content":"a\n\nb"})", {}}));
}

TEST(JoinedTurns, AppendParts) {
  const char* image = R"({"type":"image_url","image_url":{"url":"https://a.b/c.png"}})";
  const std::string with_image = R"({"role":"user","content":[)" + std::string(image) + "]}";
  EXPECT_EQ(say(R"({"role":"user","content":"a"},)" + with_image + R"(,{"role":"user","content":"b"})"),
            (Sent{R"({"role":"user","content":[{"type":"text","text":"a"},)" + std::string(image) +
                      R"(,{"type":"text","text":"b"}]})",
                  {}}));
}

TEST(JoinedTurns, SkipEmptyTexts) {
  EXPECT_EQ(say(R"({"role":"user","content":""},{"role":"user","content":"b"})"),
            (Sent{R"({"role":"user","content":"b"})", {}}));
  EXPECT_EQ(say(R"({"role":"user","content":""},{"role":"user","content":""})"),
            (Sent{R"({"role":"user","content":""})", {}}));
}

TEST(JoinedTurns, TakeALaterSystemMessageIntoTheTurnOfTheUser) {
  EXPECT_EQ(
      say(R"({"role":"system","content":"s"},{"role":"system","content":"t"},{"role":"user","content":"a"},)"
          R"({"role":"system","content":"u"},{"role":"assistant","content":"b"},{"role":"developer","content":"c"})"),
      (Sent{R"({"role":"system","content":"s"},{"role":"system","content":"t"},)"
            R"({"role":"user","content":"a\n\nu"},{"role":"assistant","content":"b"},)"
            R"({"role":"user","content":"c"})",
            {}}));
}

TEST(JoinedTurns, KeepCallsAndTheResultsOfEach) {
  const char* call = R"({"id":"1","type":"function","function":{"name":"f","arguments":"{}"}})";
  const char* other = R"({"id":"2","type":"function","function":{"name":"f","arguments":"{}"}})";
  const std::string results =
      R"({"role":"tool","tool_call_id":"1","content":"7"},{"role":"tool","tool_call_id":"2","content":"8"})";
  const auto calls = [](const std::string& list) { return R"("tool_calls":[)" + list + "]}"; };
  EXPECT_EQ(say(R"({"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"assistant",)" +
                calls(call) + R"(,{"role":"assistant","content":null,)" + calls(other) + "," + results),
            (Sent{R"({"role":"user","content":"a"},{"role":"assistant","content":"b",)" +
                      calls(std::string(call) + "," + other) + "," + results,
                  {}}));
}

TEST(JoinedTurns, NameAMemberThatOnlyOneMessageCanHave) {
  EXPECT_EQ(say(R"({"role":"user","name":"Ann","content":"a"},{"role":"user","name":"Bob","content":"b"})"),
            (Sent{R"({"role":"user","name":"Ann","content":"a\n\nb"})", {"messages[].name"}}));
  EXPECT_EQ(say(R"({"role":"user","name":"Ann","content":"a"},{"role":"user","name":"Ann","content":"b"})"),
            (Sent{R"({"role":"user","name":"Ann","content":"a\n\nb"})", {}}));
  EXPECT_EQ(refused_parameter(R"({"model":"m","messages":[{"role":"user","name":"Ann","content":"a"},)"
                              R"({"role":"user","name":"Bob","content":"b"}]})",
                              {.model = "m", .host = alternating()}),
            "messages[].name");
}

TEST(JoinedTurns, GoOnToTheOtherEditsOfTheHost) {
  HostRules rules = alternating();
  rules.content = ContentForm::kFilled;
  rules.takes_names = false;
  EXPECT_EQ(send_messages("m",
                          R"({"role":"user","content":"a"},{"role":"user","name":"Bob","content":"b"},)"
                          R"({"role":"assistant","content":null,"refusal":"no"},{"role":"user","content":"c"})",
                          rules),
            (Sent{R"({"role":"user","content":"a\n\nb"},{"role":"assistant","content":"","refusal":"no"},)"
                  R"({"role":"user","content":"c"})",
                  {"messages[].name"}}));
}

TEST(JoinedTurns, KeepTheRestOfTheRequest) {
  const std::string body =
      R"({"model":"m", "stream":true,"messages":[{"role":"user","content":"a"} , {"role":"user","content":"b"}],"x":1.50})";
  const Encoded encoded = encode(body, {.model = "n", .host = alternating()});
  EXPECT_EQ(encoded.text, R"({"model":"n","stream_options":{"include_usage":true}, "stream":true,)"
                          R"("messages":[{"role":"user","content":"a\n\nb"}],"x":1.50})");
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
