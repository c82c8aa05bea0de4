// Errors of upstreams that quote credentials in every way that JSON allows: what the client and the log get stays
// JSON, and no key can be read in it.
#include <gtest/gtest.h>

#include <functional>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

constexpr const char* kKey = "A7/xq_Zk9+w3-configured=";  // The same for all providers. Has what JSON may escape.
constexpr size_t kPartBytes = 8;

Json settings() {
  return settings_with({{"OPENAI_API_KEY", kKey},
                        {"HOST_KEY", kKey},
                        {"ANTHROPIC_API_KEY", kKey},
                        {"ANTHROPIC_API_BASE", "https://anthropic.test"},
                        {"GEMINI_API_KEY", kKey},
                        {"GEMINI_API_BASE", "https://gemini.test"},
                        {"ONELLM_LOG_LEVEL", "debug"},
                        {"ONELLM_LOG_BODIES", "1"}});
}

// --- what must hold of all that leaves ---

void expect_keyless(const std::string& text, const std::string& source) {
  for (size_t at = 0; at + kPartBytes <= std::string(kKey).size(); ++at) {
    const std::string part = std::string(kKey).substr(at, kPartBytes);
    EXPECT_EQ(text.find(part), text.npos) << part << "\nin " << text << "\nof " << source;
  }
}

// Every text in it as a client reads it, and JSON in texts too.
void expect_keyless_values(const Json& value, const std::string& source) {
  if (value.is_string()) {
    const std::string text = value.get<std::string>();
    expect_keyless(text, source);
    const Json nested = Json::parse(text, nullptr, false);
    if (nested.is_structured()) expect_keyless_values(nested, source);
  }
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) expect_keyless(name, source);
  }
  if (value.is_structured()) {
    for (const Json& member : value) expect_keyless_values(member, source);
  }
}

Json expect_good_json(const std::string& text, const std::string& source) {
  Json value = Json::parse(text, nullptr, false);
  EXPECT_FALSE(value.is_discarded()) << text << "\nof " << source;
  if (!value.is_discarded()) expect_keyless_values(value, source);
  return value;
}

void expect_good(const Driver& driver, const std::string& source) {
  EXPECT_TRUE(driver.reply.ended) << source;
  for (const std::string& log : driver.logs) expect_good_json(log, source);
  for (const auto& [name, value] : driver.reply.headers) expect_keyless(value, source);
  if (driver.reply.header("content-type") == "application/json") {
    expect_good_json(driver.reply.body, source);
    return;
  }
  for (size_t at = 0; at < driver.reply.body.size();) {
    const size_t end = driver.reply.body.find("\n\n", at);
    ASSERT_NE(end, std::string::npos) << driver.reply.body;
    const std::string line = driver.reply.body.substr(at, end - at);
    if (line.starts_with("data: ") && line != "data: [DONE]") expect_good_json(line.substr(6), source);
    at = end + 2;
  }
}

// --- what an upstream says ---

class Words {
 public:
  explicit Words(uint32_t seed) : state_(seed) {}

  uint32_t below(uint32_t limit) {
    state_ = state_ * 1664525U + 1013904223U;
    return (state_ >> 8) % limit;
  }

  std::string plain() {
    static const std::string kHex = "0123456789abcdef0123456789abcdef";
    const std::string pieces[] = {"\n",
                                  "\t",
                                  "\"",
                                  "\\",
                                  "/",
                                  "\xC3\xA9",
                                  "\xF0\x9F\x91\x80",
                                  " ",
                                  ":",
                                  "password:",
                                  "the token ",
                                  "api_key=",
                                  "Bearer ",
                                  "Authorization: ",
                                  "sk-proj-Ab12Cd34Ef",
                                  kHex,
                                  "hunter22",
                                  "\\u0041",
                                  "C:\\new\\table",
                                  "word",
                                  std::string(kKey),
                                  std::string(kKey).substr(3, 12)};
    std::string text;
    for (uint32_t left = below(6); left > 0; --left) text += pieces[below(std::size(pieces))];
    return text;
  }

  // A string in one of the many ways in which JSON can write it.
  std::string quoted(const std::string& plain) {
    std::string text = "\"";
    const uint32_t style = below(3);  // As short as can be, all in escapes, mixed.
    for (const char c : plain) {
      const bool is_ascii = (c & 0x80) == 0;
      const std::string shortest = Json(std::string(1, is_ascii ? c : 'x')).dump();
      char escape[7];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
      if (!is_ascii) {
        text += c;
      } else if (style == 1 || (style == 2 && below(2) == 0)) {
        text += escape;
      } else if (c == '/' && below(2) == 0) {
        text += "\\/";
      } else {
        text += shortest.substr(1, shortest.size() - 2);
      }
    }
    return text + "\"";
  }

  std::string name() {
    const char* names[] = {"password", "api_key", "authorization", "raw", "headers", "token", "a"};
    return quoted(below(4) == 0 ? plain() : names[below(std::size(names))]);
  }

  std::string value(uint32_t depth) {
    const char* scalars[] = {"12345678", "-12.50e+10", "0", "true", "null", "0.1234567890123456789012345678901234567"};
    switch (below(depth == 0 ? 3 : 6)) {
      case 0: return scalars[below(std::size(scalars))];
      case 3: return quoted(value(depth - 1));  // JSON in a string.
      case 4: return list(depth, '[', ']', false);
      case 5: return list(depth, '{', '}', true);
      default: return quoted(plain());
    }
  }

  // The inside of an error.
  std::string error() {
    std::string members = "\"message\":" + quoted(plain()) + ",\"type\":" + quoted(plain());
    for (const char* key : {"metadata", "failed_generation", "innererror", "content_filters"}) {
      if (below(2) == 0) members.append(",\"").append(key).append("\": ").append(value(3));
    }
    if (below(2) == 0) members += ",\"param\":" + value(0);
    if (below(2) == 0) members += ",\"code\":" + value(0);
    return "{" + members + "}";
  }

 private:
  std::string list(uint32_t depth, char open, char close, bool named) {
    std::string text(1, open);
    for (uint32_t left = below(4); left > 0; --left) {
      if (text.size() > 1) text += ", ";
      if (named) text += name() + " :";
      text += value(depth - 1);
    }
    return text + close;
  }

  uint32_t state_;
};

// How each dialect begins an answer in a stream, and says an error in it.
struct Wire {
  const char* model;
  std::string beginning;
  std::function<std::string(const std::string&)> error_event;
};

std::vector<Wire> wires() {
  const auto plain = [](const std::string& error) { return "data: {\"error\":" + error + "}\n\n"; };
  const auto of_claude = [](const std::string& error) {
    return "event: error\ndata: {\"type\":\"error\",\"error\":" + error + "}\n\n";
  };
  const auto of_responses = [](const std::string& error) {
    return "data: {\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":" + error + "}}\n\n";
  };
  const std::string claude_begins =
      "data: {\"type\":\"message_start\",\"message\":{\"id\":\"a\",\"model\":\"m\",\"content\":[]}}\n\n"
      "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"Hi\"}}\n\n";
  const std::string gemini_begins =
      "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hi\"}]}}]}\n\n";
  const std::string responses_begin =
      "data: {\"type\":\"response.output_text.delta\",\"item_id\":\"a\",\"output_index\":0,\"content_index\":0,"
      "\"delta\":\"Hi\"}\n\n";
  return {{"alpha", role() + text("Hi"), plain},
          {"gpt-4o", role() + text("Hi"), plain},
          {"claude-sonnet-4-5", claude_begins, of_claude},
          {"gemini-2.5-flash", gemini_begins, plain},
          {"o3-pro", responses_begin, of_responses}};
}

constexpr uint32_t kSeeds = 100;
constexpr uint32_t kSeedsOfSeveral = 30;  // Each is asked in many ways.

TEST(MaskedErrors, OfWholeRepliesStayJsonAndShowNoKey) {
  Configured gateway(settings());
  for (uint32_t seed = 0; seed < kSeeds; ++seed) {
    for (const Wire& wire : wires()) {
      Words words(seed);
      const std::string body = "{\"error\":" + words.error() + "}";
      for (const int status : {200, 400, 503}) {
        Driver driver(gateway);
        driver.chat(chat_request(wire.model, false));
        driver.answer(0, status, body);
        expect_good(driver, body);
        EXPECT_TRUE(driver.reply.json().contains("error")) << driver.reply.body;
      }
    }
  }
}

TEST(MaskedErrors, OfStreamsStayJsonAndShowNoKey) {
  Configured gateway(settings());
  for (uint32_t seed = 0; seed < kSeeds; ++seed) {
    for (const Wire& wire : wires()) {
      Words words(seed);
      const std::string event = wire.error_event(words.error());
      for (const bool usage_asked : {true, false}) {  // With it the native lane may be taken.
        const Json more = usage_asked ? Json{{"stream_options", {{"include_usage", true}}}} : Json::object();
        Driver at_once(gateway);
        at_once.chat(chat_request(wire.model, true, more)).stream(0, event);
        expect_good(at_once, event);
        EXPECT_GE(at_once.reply.status, 400) << at_once.reply.body;
      }
      Driver later(gateway);
      later.chat(chat_request(wire.model, true)).stream(0, wire.beginning + event);
      expect_good(later, event);
      EXPECT_EQ(later.reply.status, 200) << later.reply.body;
      EXPECT_NE(later.reply.body.find("\"error\":{"), std::string::npos) << later.reply.body;
    }
  }
}

TEST(MaskedErrors, OfSeveralLegsStayJsonAndShowNoKey) {
  Configured gateway(settings());
  for (uint32_t seed = 0; seed < kSeedsOfSeveral; ++seed) {
    Words words(seed);
    const std::string body = "{\"error\":" + words.error() + "}";
    for (const char* merge : {"concat", "choices", "race"}) {
      for (const bool stream : {false, true}) {
        for (const int status : {400, 200}) {
          Driver driver(gateway);
          driver.chat(chat_request("alpha,gpt-4o", stream, {{"onellm", {{"merge", merge}}}}));
          driver.answer(0, 401, body);
          if (driver.calls() > 1 && status == 200 && stream) driver.stream(1, speech("Hi"));
          if (driver.calls() > 1 && status == 200 && !stream) driver.answer(1, 200, completion("Hi"));
          if (driver.calls() > 1 && status != 200) driver.answer(1, status, body);
          expect_good(driver, body);
        }
      }
    }
  }
}

TEST(MaskedErrors, KeepWhatIsNoCredentialToTheLetter) {
  const std::string extra = R"("metadata":{"raw" : "{\"a\": 1.50}", "ids":[12345678901234567890, 1e5],"x":"\u00e9\/"})";
  for (const char* model : {"alpha", "gpt-4o"}) {
    Configured gateway;
    Driver driver(gateway);
    driver.chat(chat_request(model, false));
    driver.answer(0, 400, R"({"error":{"message":"No",)" + extra + "}}");
    EXPECT_NE(driver.reply.body.find(extra), std::string::npos) << driver.reply.body;
  }
}

TEST(MaskedErrors, HideNumbersBehindCredentialWords) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(chat_request("alpha", false));
  driver.answer(0, 400, R"({"error":{"message":"No","metadata":{"password":12345678,"n":12345678}}})");
  EXPECT_EQ(driver.reply.json()["error"]["metadata"], (Json{{"password", "***"}, {"n", 12345678}}));
}

// A log keeps the beginning of a body: a text, in which a key may be written in escapes as well.
TEST(MaskedErrors, HideKeysInLoggedRequests) {
  Configured gateway(settings());
  for (uint32_t seed = 0; seed < kSeeds; ++seed) {
    Words words(seed);
    const std::string content = words.quoted("the key\n" + words.plain() + " " + kKey + " " + kClientKey);
    Driver driver(gateway);
    driver.chat(R"({"model":"alpha","messages":[{"role":"user","content":)" + content + "}]}");
    driver.answer(0, 200, completion("Hi"));
    ASSERT_EQ(driver.logs.size(), 1U);
    const Json line = expect_good_json(driver.logs[0], content);
    EXPECT_EQ(line["request"].get<std::string>().find(kClientKey), std::string::npos) << line["request"];
  }
}

// OpenRouter's way: one choice ends in an error, and what it said before counts.
struct ErrorsInChoices : ::testing::Test {
  [[nodiscard]] static Json error() {
    return {{"code", 502}, {"message", std::string("The key ") + kKey + " was refused"}, {"metadata", {{"raw", kKey}}}};
  }
  void expect_masked(const Driver& driver) {
    expect_good(driver, driver.reply.body);
    EXPECT_NE(driver.reply.body.find("was refused"), std::string::npos) << driver.reply.body;
    EXPECT_NE(driver.reply.body.find("Half of"), std::string::npos) << "the answer is not touched";
  }
  Configured gateway{settings()};
};

TEST_F(ErrorsInChoices, AreMaskedInWholeReplies) {
  Json reply = Json::parse(completion("Half of", "error"));
  reply["choices"][0]["error"] = error();
  for (const char* model : {"gpt-4o", "alpha", "alpha,alpha"}) {
    Driver driver(gateway);
    driver.chat(chat_request(model, false, {{"onellm", {{"merge", "choices"}}}}));
    for (size_t call = 0; call < driver.calls(); ++call) driver.answer(call, 200, reply.dump());
    expect_masked(driver);
  }
  Json plain = Json::parse(completion("Half of"));
  plain["choices"][0]["error"] = nullptr;
  Driver driver(gateway);
  driver.chat(chat_request("gpt-4o", false));
  driver.answer(0, 200, plain.dump());
  EXPECT_EQ(driver.reply.body, plain.dump());
}

TEST_F(ErrorsInChoices, AreMaskedInStreams) {
  Json last = chunk(Json::object(), "error");
  last["choices"][0]["error"] = error();
  const Json usage_too = {{"stream_options", {{"include_usage", true}}}};
  for (const auto& [model, more] : {std::pair("alpha", Json::object()), std::pair("gpt-4o", usage_too)}) {
    Driver driver(gateway);
    driver.chat(chat_request(model, true, more));
    driver.head(0, 200);
    driver.bytes(0, role() + text("Half of") + sse(last) + kDone);
    driver.end(0);
    expect_masked(driver);
  }
}

}  // namespace
}  // namespace onellm::gateway::test
