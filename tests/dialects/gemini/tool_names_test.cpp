#include "dialects/common/tools/tool_names.h"

#include "dialects/gemini/gemini_request.h"
#include "dialects/gemini/reply/whole.h"

namespace onellm::dialects::gemini {
namespace {

constexpr const char* kRequest = R"({"model":"m","messages":[{"role":"user","content":"go"},
    {"role":"assistant","content":null,"tool_calls":[
      {"id":"a","type":"function","function":{"name":"3d_render","arguments":"{}"}}]},
    {"role":"tool","tool_call_id":"a","content":"done"}],
  "tools":[{"type":"function","function":{"name":"3d_render"}},{"type":"function","function":{"name":"_3d_render"}},
           {"type":"function","function":{"name":"get/weather now"}},{"type":"function","function":{"name":"plain"}}],
  "tool_choice":{"type":"function","function":{"name":"3d_render"}}})";

TEST(ToolNames, AreMadeLegalInEveryPlaceOfARequest) {
  const Json body = encode_gemini(kRequest, {.model = "gemini-3.8-flash"}).body;
  const Json& declared = body["tools"][0]["functionDeclarations"];
  EXPECT_EQ(declared[0]["name"], "_3d_render_2") << "another tool has the nearest name";
  EXPECT_EQ(declared[1]["name"], "_3d_render");
  EXPECT_EQ(declared[2]["name"], "get_weather_now");
  EXPECT_EQ(declared[3]["name"], "plain");
  EXPECT_EQ(body["toolConfig"]["functionCallingConfig"]["allowedFunctionNames"], Json({"_3d_render_2"}));
  EXPECT_EQ(body["contents"][1]["parts"][0]["functionCall"]["name"], "_3d_render_2");
  EXPECT_EQ(body["contents"][2]["parts"][0]["functionResponse"]["name"], "_3d_render_2");
}

TEST(ToolNames, AreTheClientsOwnAgainInTheReply) {
  const DecodedBody decoded = decode_good(kRequest);
  Result<EncodedRequest> encoded = encode_request(*decoded.request, {.model = "gemini-3.8-flash"});
  ASSERT_TRUE(encoded);
  struct Sink final : chat::EventSink {
    std::vector<std::string> names;
    void take(const chat::Event& event) override {
      if (event.kind == chat::EventKind::kToolCallOpened) names.emplace_back(event.name.text);
    }
  } sink;
  decode_reply(R"({"candidates":[{"content":{"role":"model","parts":[
      {"functionCall":{"name":"_3d_render_2","args":{}}},{"functionCall":{"name":"plain","args":{}}}]},
      "finishReason":"STOP"}]})",
               encoded->reply, sink);
  EXPECT_EQ(sink.names, (std::vector<std::string>{"3d_render", "plain"}));
}

TEST(ToolNames, AreCutToTheLengthThatGoogleTakes) {
  const std::string name = "1" + std::string(200, 'x');
  const Json body = encode_gemini_with(R"("tools":[{"type":"function","function":{"name":")" + name + R"("}}])").body;
  const std::string sent = body["tools"][0]["functionDeclarations"][0]["name"];
  EXPECT_EQ(sent.size(), 128U);
  EXPECT_EQ(sent.substr(0, 119), "_1" + std::string(117, 'x'));
}

}  // namespace
}  // namespace onellm::dialects::gemini
