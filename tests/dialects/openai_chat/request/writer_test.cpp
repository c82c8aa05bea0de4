#include "dialects/openai_chat/request/writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "dialects/openai_chat/request_encoder_support.h"

namespace onellm::dialects::openai_chat {
namespace {

constexpr const char* kRest = R"("messages":[{"role":"user","content":"hi"}])";

// Encodes a body of the members given, `…` standing for messages, and takes that away again.
std::string splice(std::string body, const EncodeOptions& options) {
  const std::string rest = kRest;
  const std::string mark = "…";
  body.replace(body.find(mark), mark.size(), rest);
  std::string out = encode(body, options).text;
  out.replace(out.find(rest), rest.size(), mark);
  return out;
}

const EncodeOptions kToN{.model = "n"};
const EncodeOptions kToNWithoutUsage{.model = "n", .ask_for_usage = false};

TEST(OpenAiChatRequestEncoder, SendsARequestWithNothingToChangeAsOneView) {
  const std::string body = request_fixture("plain.json").text;
  const Encoded encoded = encode(body, {.model = "gpt-4o"});
  EXPECT_EQ(encoded.text, body);
  EXPECT_EQ(encoded.pieces, 1u);
  EXPECT_TRUE(encoded.dropped.empty());
}

TEST(OpenAiChatRequestEncoder, LeavesTheSameModelAsItWasWritten) {
  const std::string body = R"({"model":"gpt\u002d4o",)" + std::string(kRest) + "}";
  EXPECT_EQ(encode(body, {.model = "gpt-4o"}).text, body);
}

TEST(OpenAiChatRequestEncoder, EscapesTheNewModel) {
  EXPECT_EQ(splice(R"({ "model" : "m" , … })", {.model = "a\"b\\c"}), R"({ "model" : "a\"b\\c" , … })");
}

struct Case {
  const char* why;
  const char* body;
  const char* sent;
};

TEST(OpenAiChatRequestEncoder, CutsTheGatewaysOwnKey) {
  const Case cases[] = {
      {"first", R"({"onellm":{"merge":"race"},"model":"m",…})", R"({"model":"n",…})"},
      {"in between", R"({"model":"m","onellm":{},…})", R"({"model":"n",…})"},
      {"last", R"({"model":"m",…,"onellm":{"strict":true}})", R"({"model":"n",…})"},
      {"null", R"({"model":"m",…,"onellm":null})", R"({"model":"n",…})"},
      {"with white space", "\n{ \"onellm\" : { } ,\n \"model\" : \"m\" , … }\n", "\n{ \"model\" : \"n\" , … }\n"},
      {"last with white space", "{ \"model\" : \"m\" , …\t,\r\n\"onellm\" : {\"lane\":null} }",
       "{ \"model\" : \"n\" , … }"},
      {"with escapes", R"({"model":"m","on\u0065llm":{},…})", R"({"model":"n",…})"},
  };
  for (const Case& c : cases) EXPECT_EQ(splice(c.body, kToN), c.sent) << c.why;
}

TEST(OpenAiChatRequestEncoder, AsksForTheUsageOfStreams) {
  const Case cases[] = {
      {"none given", R"({"model":"m","stream":true,…})",
       R"({"model":"n","stream_options":{"include_usage":true},"stream":true,…})"},
      {"model last", R"({…,"stream":true,"model":"m"})",
       R"({…,"stream":true,"model":"n","stream_options":{"include_usage":true}})"},
      {"null", R"({"stream_options":null,"model":"m","stream":true,…})",
       R"({"stream_options":{"include_usage":true},"model":"n","stream":true,…})"},
      {"empty", R"({"stream_options": { },"model":"m","stream":true,…})",
       R"({"stream_options": {"include_usage":true },"model":"n","stream":true,…})"},
      {"another option", R"({"stream_options":{ "include_obfuscation":false },"model":"m","stream":true,…})",
       R"({"stream_options":{"include_usage":true, "include_obfuscation":false },"model":"n","stream":true,…})"},
      {"false", R"({"model":"m","stream_options":{"include_usage" : false},"stream":true,…})",
       R"({"model":"n","stream_options":{"include_usage" : true},"stream":true,…})"},
      {"null in it", R"({"model":"m","stream_options":{"a":1,"include_usage":null},"stream":true,…})",
       R"({"model":"n","stream_options":{"a":1,"include_usage":true},"stream":true,…})"},
      {"asked for already", R"({"model":"m","stream_options":{"include_usage":true},"stream":true,…})",
       R"({"model":"n","stream_options":{"include_usage":true},"stream":true,…})"},
      {"no stream", R"({"model":"m","stream":false,…})", R"({"model":"n","stream":false,…})"},
      {"no stream, but options", R"({"model":"m","stream_options":{"include_usage":false},…})",
       R"({"model":"n","stream_options":{"include_usage":false},…})"},
      {"same name deeper", R"({"model":"m","stream":true,"stream_options":{"x":{"include_usage":false}},…})",
       R"({"model":"n","stream":true,"stream_options":{"include_usage":true,"x":{"include_usage":false}},…})"},
  };
  for (const Case& c : cases) EXPECT_EQ(splice(c.body, kToN), c.sent) << c.why;
}

TEST(OpenAiChatRequestEncoder, CutsStreamOptionsForHostsThatRefuseThem) {
  const Case cases[] = {
      {"none given", R"({"model":"m","stream":true,…})", R"({"model":"n","stream":true,…})"},
      {"first", R"({"stream_options":{"include_usage":true},"model":"m",…})", R"({"model":"n",…})"},
      {"last", R"({"model":"m",…,"stream_options":{}})", R"({"model":"n",…})"},
      {"both first", R"({"onellm":{}, "stream_options":{} , "model":"m",…})", R"({"model":"n",…})"},
      {"both last", R"({"model":"m",… , "stream_options":{}, "onellm":{} })", R"({"model":"n",… })"},
      {"both apart", R"({"stream_options":{},"model":"m","onellm":{},…})", R"({"model":"n",…})"},
  };
  for (const Case& c : cases) EXPECT_EQ(splice(c.body, kToNWithoutUsage), c.sent) << c.why;
}

// The client gets its usage all the same: the host reports it unasked, or it is estimated.
TEST(OpenAiChatRequestEncoder, CutsStreamOptionsWithoutNamingThem) {
  const std::string asked = body_with(R"("stream":true,"stream_options":{"include_usage":true})");
  EXPECT_TRUE(encode(asked, kToNWithoutUsage).dropped.empty());

  const DecodedBody decoded = decode_good(asked);
  EXPECT_TRUE(encode_request(*decoded.request, {.model = "n", .ask_for_usage = false, .strict = true}));
}

// --- properties, of every fixture and every choice of options ---

std::vector<EncodeOptions> every_choice() {
  return {{.model = "another/model"}, {.model = "gpt-4o"}, {.model = "another/model", .ask_for_usage = false}};
}

// The change that is asked for, done on a tree.
nlohmann::json changed_tree(const std::string& body, const EncodeOptions& options) {
  nlohmann::json tree = nlohmann::json::parse(body, nullptr, false);
  tree["model"] = options.model;
  tree.erase("onellm");
  if (!options.ask_for_usage) {
    tree.erase("stream_options");
  } else if (tree.value("stream", nlohmann::json()) == true) {
    tree["stream_options"]["include_usage"] = true;
  }
  return tree;
}

TEST(OpenAiChatRequestEncoder, ChangesNothingButWhatIsAskedFor) {
  for (const RequestFixture& fixture : all_request_fixtures()) {
    for (const EncodeOptions& options : every_choice()) {
      const std::string sent = encode(fixture.text, options).text;
      EXPECT_EQ(nlohmann::json::parse(sent, nullptr, false), changed_tree(fixture.text, options))
          << fixture.name << " to " << options.model << "\n"
          << sent;
    }
  }
}

// What is neither in front of a member that changes nor in it stays to the byte.
TEST(OpenAiChatRequestEncoder, KeepsEveryByteOfTheOtherMembers) {
  for (const RequestFixture& fixture : all_request_fixtures()) {
    for (const EncodeOptions& options : every_choice()) {
      const DecodedBody decoded = decode_good(fixture.text);
      const std::string sent = encode(fixture.text, options).text;
      size_t at = 0;
      for (const chat::SourceMember& member : decoded->source.members) {
        const std::string key = json::unescape({member.key});
        if (key == "model" || key == "onellm" || key == "stream_options") continue;
        const size_t found = sent.find(member.member, at);
        ASSERT_NE(found, std::string::npos) << fixture.name << ": " << key << "\n" << sent;
        at = found + member.member.size();
      }
    }
  }
}

TEST(OpenAiChatRequestEncoder, IsDoneAfterOneRound) {
  for (const RequestFixture& fixture : all_request_fixtures()) {
    for (const EncodeOptions& options : every_choice()) {
      const std::string once = encode(fixture.text, options).text;
      const Encoded twice = encode(once, options);
      EXPECT_EQ(twice.text, once) << fixture.name;
      EXPECT_EQ(twice.pieces, 1u) << fixture.name;
    }
  }
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
