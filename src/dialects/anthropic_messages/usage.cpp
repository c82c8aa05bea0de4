#include "dialects/anthropic_messages/usage.h"

#include <algorithm>

#include "base/limits.h"

namespace onellm::dialects {

namespace {

using Count = std::optional<int64_t>;
using json::key_is;

void read_count(json::Value& value, Count& count) {
  int64_t number = 0;
  if (value.read(number)) count = std::clamp<int64_t>(number, 0, kTokensMax);
}

void read_nested_count(json::Value& value, std::string_view name, Count& count) {
  value.each_member([&](json::RawString key, json::Value& member) {
    if (key_is(key, name)) read_count(member, count);
  });
}

// The counts that an iteration has too. False if `key` is none of them.
bool read_own_count(json::RawString key, json::Value& value, AnthropicUsage& usage) {
  if (key_is(key, "input_tokens")) {
    read_count(value, usage.input);
  } else if (key_is(key, "output_tokens")) {
    read_count(value, usage.output);
  } else if (key_is(key, "cache_read_input_tokens")) {
    read_count(value, usage.cache_read);
  } else if (key_is(key, "cache_creation_input_tokens")) {
    read_count(value, usage.cache_write);
  } else if (key_is(key, "cache_creation")) {
    read_nested_count(value, "ephemeral_1h_input_tokens", usage.cache_write_1h);
  } else {
    return false;
  }
  return true;
}

void read_iteration(json::Value& value, AnthropicIterations& sum) {
  AnthropicUsage own;
  json::RawString type;
  value.each_member([&](json::RawString key, json::Value& member) {
    if (key_is(key, "type")) {
      if (!member.read(type)) type = {};
    } else {
      read_own_count(key, member, own);
    }
  });
  const bool is_compaction = key_is(type, "compaction");
  sum.compacted |= is_compaction;
  sum.fell_back |= key_is(type, "fallback_message");
  if (!is_compaction && !key_is(type, "message")) return;  // An advisor's, at another model's price.
  const auto add = [](int64_t& to, const Count& count) { to = std::min(to + count.value_or(0), kTokensMax); };
  add(sum.input, own.input);
  add(sum.output, own.output);
  add(sum.cache_read, own.cache_read);
  add(sum.cache_write, own.cache_write);
  add(sum.cache_write_1h, own.cache_write_1h);
}

void replace(Count& count, const Count& later) {
  if (later) count = later;
}

}  // namespace

void AnthropicUsage::update(const AnthropicUsage& later) {
  replace(input, later.input);
  replace(output, later.output);
  replace(cache_read, later.cache_read);
  replace(cache_write, later.cache_write);
  replace(cache_write_1h, later.cache_write_1h);
  replace(thinking, later.thinking);
  replace(web_searches, later.web_searches);
  if (later.iterations) iterations = later.iterations;
}

void read_anthropic_usage(json::Value& value, AnthropicUsage& usage) {
  value.each_member([&usage](json::RawString key, json::Value& member) {
    if (read_own_count(key, member, usage)) return;
    if (key_is(key, "output_tokens_details")) {
      read_nested_count(member, "thinking_tokens", usage.thinking);
    } else if (key_is(key, "server_tool_use")) {
      read_nested_count(member, "web_search_requests", usage.web_searches);
    } else if (key_is(key, "iterations") && member.type() == json::Type::kArray) {
      AnthropicIterations& sum = usage.iterations.emplace();
      member.each_element([&sum](size_t /*index*/, json::Value& element) { read_iteration(element, sum); });
    }
  });
}

chat::Usage to_chat_usage(const AnthropicUsage& usage) {
  AnthropicUsage counts = usage;
  if (usage.iterations && usage.iterations->compacted && !usage.iterations->fell_back) {
    counts.input = usage.iterations->input;
    counts.output = usage.iterations->output;
    if (usage.cache_read) counts.cache_read = usage.iterations->cache_read;
    if (usage.cache_write) counts.cache_write = usage.iterations->cache_write;
    if (usage.cache_write_1h) counts.cache_write_1h = usage.iterations->cache_write_1h;
  }
  chat::Usage out;
  out.prompt_tokens = counts.input.value_or(0) + counts.cache_read.value_or(0) + counts.cache_write.value_or(0);
  out.completion_tokens = counts.output.value_or(0);
  out.total_tokens = out.prompt_tokens + out.completion_tokens;
  out.cached_tokens = counts.cache_read;
  out.cache_write_tokens = counts.cache_write;
  out.cache_write_1h_tokens = counts.cache_write_1h;
  out.reasoning_tokens = counts.thinking;
  out.web_search_requests = counts.web_searches;
  return out;
}

}  // namespace onellm::dialects
