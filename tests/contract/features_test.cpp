// The table of docs/features.md: which parts of a request reach which provider, for clients of each dialect. It is made
// from what the encoders write; this test fails if the page says otherwise. To write the page anew:
//
//   ONELLM_WRITE_FEATURES=1 build/native/tests/contract_test --gtest_filter='Features.*'
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "dialects/anthropic_messages/client/messages_support.h"

namespace onellm::dialects {
namespace {

using anthropic_messages::Target;

// A part of a request. Its text for each client is the members that it adds; null: that API has no such thing.
struct Feature {
  const char* name;
  const char* chat;
  const char* messages;
  const char* sign = nullptr;  // By which it is found in what is sent; null: what is sent differs from a plain request.
};

constexpr const char* kChatRest = R"("model":"m","max_tokens":1024)";

// Each adds `"messages"` itself where it needs other ones than the question alone.
constexpr Feature kFeatures[] = {
    {"system prompt", R"("messages":[{"role":"system","content":"SIGN"},{"role":"user","content":"hi"}])",
     R"("system":"SIGN")", "SIGN"},
    {"system turn in the conversation",
     R"("messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"a"},{"role":"system","content":"SIGN"},{"role":"user","content":"u"}])",
     R"("messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"a"},{"role":"system","content":"SIGN"},{"role":"user","content":"u"}])",
     "SIGN"},
    {"temperature", R"("temperature":0.5)", R"("temperature":0.5)"},
    {"top_k", nullptr, R"("top_k":5)"},
    {"stop sequences", R"("stop":["x"])", R"("stop_sequences":["x"])"},
    {"tools",
     R"("tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"tool_choice":"required")",
     R"("tools":[{"name":"f","input_schema":{"type":"object"}}],"tool_choice":{"type":"any"})"},
    {"tool calls and results",
     R"("tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"SIGN"}])",
     R"("tools":[{"name":"f","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":[{"type":"tool_use","id":"c","name":"f","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"c","content":"SIGN"}]}])",
     "SIGN"},
    {"picture, base64",
     R"("messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]}])",
     R"("messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}]}])",
     "iVBORw0KGgo"},
    {"picture, address",
     R"("messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}])",
     R"("messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image","source":{"type":"url","url":"https://example.com/a.png"}}]}])",
     "example.com/a.png"},
    {"PDF",
     R"("messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="}}]}])",
     R"("messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="}}]}])",
     "JVBERi0"},
    {"sound",
     R"("messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}}]}])",
     nullptr, "UklGRg"},
    {"id of an uploaded file",
     R"("messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"file","file":{"file_id":"file-1"}}]}])",
     R"("messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"document","source":{"type":"file","file_id":"file-1"}}]}])",
     "file-1"},
    {"answer by a JSON schema",
     R"("response_format":{"type":"json_schema","json_schema":{"name":"r","schema":{"type":"object","properties":{},"additionalProperties":false}}})",
     R"("output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{},"additionalProperties":false}}})"},
    {"effort of thinking", R"("reasoning_effort":"low")", R"("output_config":{"effort":"low"})"},
    {"Claude's signed thoughts", nullptr,
     R"("tools":[{"name":"f","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"c2ln"},{"type":"tool_use","id":"c","name":"f","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"c","content":"r"}]}])",
     "c2ln"},
    {"marks of the prompt cache",
     R"("messages":[{"role":"user","content":[{"type":"text","text":"hi","cache_control":{"type":"ephemeral"}}]}])",
     R"("messages":[{"role":"user","content":[{"type":"text","text":"hi","cache_control":{"type":"ephemeral"}}]}])",
     "cache"},
    {"web search", R"("web_search_options":{})", R"("tools":[{"type":"web_search_20250305","name":"web_search"}])"},
    {"code execution", nullptr, R"("tools":[{"type":"code_execution_20250825","name":"code_execution"}])"},
    {"tools with a type of Anthropic (bash)", nullptr, R"("tools":[{"type":"bash_20250124","name":"bash"}])"},
    {"MCP servers", nullptr, R"("mcp_servers":[{"type":"url","url":"https://example.com/mcp","name":"m"}])"},
    {"place of the computation", nullptr, R"("inference_geo":"eu")"},
    {"the user's id", R"("user":"u")", R"("metadata":{"user_id":"u"})"},
    {"service tier", R"("service_tier":"default")", R"("service_tier":"standard_only")"},
    {"several choices", R"("n":2)", nullptr},
    {"log probabilities", R"("logprobs":true)", nullptr},
    {"seed", R"("seed":1)", nullptr},
};

struct Column {
  const char* title;
  Target target;
};

std::vector<Column> columns() {
  using namespace anthropic_messages;  // NOLINT: the targets.
  return {{"OpenAI, Azure", openai()}, {"OpenAI's Responses", responses()}, {"Claude", claude()},
          {"Gemini", gemini_flash()},  {"compatible host", host()},         {"PaLM", bison()}};
}

std::string body_of(const char* rest, const char* members) {
  std::string body = std::string("{") + rest;
  const bool has_messages = std::string_view(members).find(R"("messages":)") != std::string_view::npos;
  if (!has_messages) body += R"(,"messages":[{"role":"user","content":"hi"}])";
  return body + (*members == '\0' ? "" : ",") + members + "}";
}

// What became of the feature, by what is sent with it and without it.
std::string outcome(const ClientDialect& client, const char* members, const char* sign, const Target& target) {
  const json::Buffer with(body_of(kChatRest, members));
  const json::Buffer without(body_of(kChatRest, ""));
  Result<chat::Request> request = client.decode_request(with);
  Result<chat::Request> plain = client.decode_request(without);
  EXPECT_TRUE(request && plain) << with.text();
  if (!request || !plain) return "?";
  const std::optional<Error>& only_own = request->source.out_of_range;
  const bool is_own = target.dialect->id() == client.id();
  if (only_own && !is_own) return "400";
  const auto encode = [&target](const chat::Request& from) {
    EncodeOptions options{.model = target.model, .provider = target.name};
    options.host.mapping = target.mapping;
    options.contract = models::contract_of(target.maker, target.model);
    return target.dialect->encode_request(from, options);
  };
  Result<EncodedRequest> encoded = encode(*request);
  Result<EncodedRequest> bare = encode(*plain);
  EXPECT_TRUE(bare);
  if (!encoded || !bare) return "400";
  if (encoded->dropped.size() > bare->dropped.size()) return "named";
  const std::string sent = encoded->body.flat();
  const bool is_there = sign == nullptr ? sent != bare->body.flat() : sent.find(sign) != std::string::npos;
  if (!is_there) return "–";
  return is_own ? "kept" : "yes";
}

std::string table(const ClientDialect& client, const char* Feature::*members) {
  std::string out = "| |";
  std::string line = "|---|";
  for (const Column& column : columns()) {
    out += std::string(" ") + column.title + " |";
    line += "---|";
  }
  out += "\n" + line + "\n";
  for (const Feature& feature : kFeatures) {
    if (feature.*members == nullptr) continue;
    out += std::string("| ") + feature.name + " |";
    for (const Column& column : columns())
      out += " " + outcome(client, feature.*members, feature.sign, column.target) + " |";
    out += "\n";
  }
  return out;
}

std::string page() {
  std::string out =
      "# What reaches whom\n\n"
      "Which parts of a request reach which provider. A test writes this page from what the gateway sends\n"
      "(`tests/contract/features_test.cpp`).\n\n"
      "- **kept**: the provider speaks the client's own API and gets it as the client wrote it\n"
      "- **yes**: translated to the provider's API\n"
      "- **named**: left out, and named in the header `x-onellm-dropped`; with `x-onellm-strict: 1` the request is\n"
      "  refused instead\n"
      "- **–**: a hint that changes no answer; left out in silence\n"
      "- **400**: the request is refused before anything is sent\n\n"
      "What a single model does not take is a matter of its own row ([README](../README.md)); the models here are\n"
      "`gpt-4o`, `gpt-5.1`, `claude-opus-4-8`, `gemini-2.5-flash`, one of an unknown host, and `chat-bison-001`.\n\n";
  out += "## Clients of Chat Completions\n\n" + table(openai_chat::dialect(), &Feature::chat);
  out += "\n## Clients of the Messages API\n\n" + table(anthropic_messages::dialect(), &Feature::messages);
  return out;
}

TEST(Features, AreThoseOfThePage) {
  const auto file = std::filesystem::path(ONELLM_FIXTURES) / "../../docs/features.md";
  const std::string expected = page();
  if (std::getenv("ONELLM_WRITE_FEATURES") != nullptr) std::ofstream(file) << expected;
  std::stringstream written;
  written << std::ifstream(file).rdbuf();
  EXPECT_EQ(written.str(), expected);
}

}  // namespace
}  // namespace onellm::dialects
