#include "dialects/openai_responses/usage.h"

#include <cstdint>
#include <string_view>

#include "dialects/common/reply/token_count.h"

namespace onellm::dialects::openai_responses {

namespace {

using Count = std::optional<int64_t>;
using json::key_is;

}  // namespace

std::optional<chat::Usage> read_usage(json::Value& value) {
  chat::Usage usage;
  Count input;
  Count output;
  Count total;
  value.each_member([&](json::RawString key, json::Value& member) {
    if (key_is(key, "input_tokens")) {
      read_token_count(member, input);
    } else if (key_is(key, "output_tokens")) {
      read_token_count(member, output);
    } else if (key_is(key, "total_tokens")) {
      read_token_count(member, total);
    } else if (key_is(key, "input_tokens_details")) {
      member.each_member([&usage](json::RawString name, json::Value& count) {
        if (key_is(name, "cached_tokens")) read_token_count(count, usage.cached_tokens);
        if (key_is(name, "cache_write_tokens")) read_token_count(count, usage.cache_write_tokens);
      });
    } else if (key_is(key, "output_tokens_details")) {
      member.each_member([&usage](json::RawString name, json::Value& count) {
        if (key_is(name, "reasoning_tokens")) read_token_count(count, usage.reasoning_tokens);
      });
    }
  });
  if (!input && !output && !total) return std::nullopt;
  usage.prompt_tokens = input.value_or(0);
  usage.completion_tokens = output.value_or(0);
  usage.total_tokens = total.value_or(usage.prompt_tokens + usage.completion_tokens);
  return usage;
}

}  // namespace onellm::dialects::openai_responses
