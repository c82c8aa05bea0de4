#include "dialects/gemini/reply/logprobs.h"

#include <vector>

#include "json/reader.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

namespace {

using json::key_is;

struct Token {
  json::RawString text;
  json::Raw logprob = {"-9999.0"};  // OpenAI's value for very unlikely tokens.
};

Token read_token(json::Value& value) {
  Token token;
  value.each_member([&](json::RawString key, json::Value& member) {
    if (key_is(key, "token") && !member.read(token.text)) token.text = {};
    if (key_is(key, "logProbability") && member.type() == json::Type::kNumber) token.logprob = member.raw();
  });
  return token;
}

std::vector<Token> read_tokens(json::Value& value) {
  std::vector<Token> tokens;
  value.each_element([&](size_t, json::Value& token) { tokens.push_back(read_token(token)); });
  return tokens;
}

void add_token(json::ObjectWriter& object, const Token& token) {
  object.add("token", token.text);
  object.add("logprob", token.logprob);
  json::ArrayWriter bytes(object.begin("bytes"));
  for (const char byte : json::unescape(token.text)) {
    json::append_integer(bytes.next(), static_cast<unsigned char>(byte));
  }
}

void write_token(std::string& out, const Token& token, const std::vector<Token>& top) {
  json::ObjectWriter object(out);
  add_token(object, token);
  json::ArrayWriter alternatives(object.begin("top_logprobs"));
  for (const Token& alternative : top) {
    json::ObjectWriter entry(alternatives.next());
    add_token(entry, alternative);
  }
}

}  // namespace

std::string read_logprobs(json::Raw logprobs_result) {
  const json::Buffer buffer(logprobs_result.text);
  json::Reader reader;
  std::vector<Token> chosen;
  std::vector<std::vector<Token>> top;
  if (!reader.open(buffer)) return {};
  reader.root().each_member([&](json::RawString key, json::Value& value) {
    if (key_is(key, "chosenCandidates")) chosen = read_tokens(value);
    if (!key_is(key, "topCandidates")) return;
    value.each_element([&](size_t, json::Value& step) {
      top.emplace_back();
      step.each_member([&](json::RawString name, json::Value& tokens) {
        if (key_is(name, "candidates")) top.back() = read_tokens(tokens);
      });
    });
  });
  if (chosen.empty()) return {};

  std::string out;
  {
    json::ObjectWriter logprobs(out);
    {
      json::ArrayWriter content(logprobs.begin("content"));
      for (size_t at = 0; at < chosen.size(); ++at) {
        write_token(content.next(), chosen[at], at < top.size() ? top[at] : std::vector<Token>());
      }
    }
    logprobs.add_null("refusal");
  }
  return out;
}

}  // namespace onellm::dialects::gemini
