#include "dialects/anthropic_messages/usage.h"

#include <algorithm>

#include "base/limits.h"
#include "dialects/common/reply/token_count.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using Count = std::optional<int64_t>;
using json::key_is;

void read_nested_count(json::Value& value, std::string_view name, Count& count) {
  value.each_member([&](json::RawString key, json::Value& member) {
    if (key_is(key, name)) read_token_count(member, count);
  });
}

// Reads the counts that a reply and an iteration have in common. False if `key` is none of them.
bool read_own_count(json::RawString key, json::Value& value, TokenCounts& usage) {
  if (key_is(key, "input_tokens")) {
    read_token_count(value, usage.input);
  } else if (key_is(key, "output_tokens")) {
    read_token_count(value, usage.output);
  } else if (key_is(key, "cache_read_input_tokens")) {
    read_token_count(value, usage.cache_read);
  } else if (key_is(key, "cache_creation_input_tokens")) {
    read_token_count(value, usage.cache_write);
  } else if (key_is(key, "cache_creation")) {
    read_nested_count(value, "ephemeral_1h_input_tokens", usage.cache_write_1h);
  } else {
    return false;
  }
  return true;
}

Iteration::Kind kind_of(json::RawString type) {
  using Kind = Iteration::Kind;
  if (key_is(type, "message")) return Kind::kMessage;
  if (key_is(type, "compaction")) return Kind::kCompaction;
  return key_is(type, "fallback_message") ? Kind::kFallback : Kind::kOther;
}

Iteration read_iteration(json::Value& value) {
  TokenCounts own;
  json::RawString type;
  json::RawString model;
  value.each_member([&](json::RawString key, json::Value& member) {
    if (key_is(key, "type")) {
      if (!member.read(type)) type = {};
    } else if (key_is(key, "model")) {
      if (!member.read(model)) model = {};
    } else {
      read_own_count(key, member, own);
    }
  });
  const bool is_name = model.text.size() <= kModelNotedBytesMax;
  return {.kind = kind_of(type),
          .model = is_name ? json::unescape(model) : std::string(),
          .input = own.input.value_or(0),
          .output = own.output.value_or(0),
          .cache_read = own.cache_read.value_or(0),
          .cache_write = own.cache_write.value_or(0),
          .cache_write_1h = own.cache_write_1h.value_or(0)};
}

bool has_any(const std::vector<Iteration>& iterations, Iteration::Kind kind) {
  return std::any_of(iterations.begin(), iterations.end(), [kind](const auto& one) { return one.kind == kind; });
}

// Replaces the counts of the reply by the sums of its calls. Only needed where the context was compacted: the reply's
// own counts do not include the compaction.
void sum_up(const std::vector<Iteration>& iterations, TokenCounts& counts) {
  Iteration sum;
  const auto add = [](int64_t& to, int64_t count) { to = std::min(to + count, kTokensMax); };
  for (const Iteration& one : iterations) {
    if (one.kind == Iteration::Kind::kOther) continue;  // Another model's.
    add(sum.input, one.input);
    add(sum.output, one.output);
    add(sum.cache_read, one.cache_read);
    add(sum.cache_write, one.cache_write);
    add(sum.cache_write_1h, one.cache_write_1h);
  }
  counts.input = sum.input;
  counts.output = sum.output;
  if (counts.cache_read) counts.cache_read = sum.cache_read;
  if (counts.cache_write) counts.cache_write = sum.cache_write;
  if (counts.cache_write_1h) counts.cache_write_1h = sum.cache_write_1h;
}

// The usage of each model, to compute the price. Empty if one model did everything. After a fallback, a kMessage call
// without output was declined and is not charged. Calls of another model (kOther) must name their model.
std::vector<chat::Usage> usage_by_model(const TokenCounts& usage, const std::string& model) {
  using Kind = Iteration::Kind;
  std::vector<chat::Usage> shares;
  const bool fell_back = has_any(usage.iterations, Kind::kFallback);
  if (!fell_back && !has_any(usage.iterations, Kind::kOther)) return shares;
  for (const Iteration& one : usage.iterations) {
    if (fell_back && one.kind == Kind::kMessage && one.output == 0) continue;
    chat::Usage& share = shares.emplace_back();
    share.prompt_tokens = one.input + one.cache_read + one.cache_write;
    share.completion_tokens = one.output;
    share.total_tokens = share.prompt_tokens + share.completion_tokens;
    share.cached_tokens = one.cache_read;
    share.cache_write_tokens = one.cache_write;
    share.cache_write_1h_tokens = one.cache_write_1h;
    const bool is_own = one.kind == Kind::kMessage || one.kind == Kind::kCompaction;
    share.model = one.model.empty() && is_own && !fell_back ? model : one.model;
  }
  if (!shares.empty()) shares.front().web_search_requests = usage.web_searches;
  return shares;
}

// True of tiers, speeds and regions at list price, like `standard`. The region `us` costs more.
// https://docs.claude.com/en/docs/about-claude/pricing
bool has_standard_prices(json::Value& value) {
  json::RawString word;
  return !value.read(word) || key_is(word, "global") || chat::is_standard_tier(word.text);
}

void replace(Count& count, const Count& later) {
  if (later) count = later;
}

}  // namespace

void TokenCounts::update(const TokenCounts& later) {
  replace(input, later.input);
  replace(output, later.output);
  replace(cache_read, later.cache_read);
  replace(cache_write, later.cache_write);
  replace(cache_write_1h, later.cache_write_1h);
  replace(thinking, later.thinking);
  replace(web_searches, later.web_searches);
  if (!later.iterations.empty()) iterations = later.iterations;
  has_other_prices |= later.has_other_prices;
}

void read_usage(json::Value& value, TokenCounts& usage) {
  value.each_member([&usage](json::RawString key, json::Value& member) {
    if (read_own_count(key, member, usage)) return;
    if (key_is(key, "output_tokens_details")) {
      read_nested_count(member, "thinking_tokens", usage.thinking);
    } else if (key_is(key, "server_tool_use")) {
      read_nested_count(member, "web_search_requests", usage.web_searches);
    } else if (key_is(key, "iterations") && member.type() == json::Type::kArray) {
      usage.iterations.clear();
      member.each_element([&usage](size_t /*index*/, json::Value& element) {
        if (usage.iterations.size() < kOutputItemsMax) usage.iterations.push_back(read_iteration(element));
      });
    } else if (key_is(key, "service_tier") || key_is(key, "speed") || key_is(key, "inference_geo")) {
      usage.has_other_prices |= !has_standard_prices(member);
    }
  });
}

chat::Usage to_chat_usage(const TokenCounts& usage, const std::string& model) {
  using Kind = Iteration::Kind;
  TokenCounts counts = usage;
  // After a fallback, the reply's own counts are the right ones.
  const bool is_compacted = has_any(usage.iterations, Kind::kCompaction) && !has_any(usage.iterations, Kind::kFallback);
  if (is_compacted) sum_up(usage.iterations, counts);
  chat::Usage out;
  out.prompt_tokens = counts.input.value_or(0) + counts.cache_read.value_or(0) + counts.cache_write.value_or(0);
  out.completion_tokens = counts.output.value_or(0);
  out.total_tokens = out.prompt_tokens + out.completion_tokens;
  out.cached_tokens = counts.cache_read;
  out.cache_write_tokens = counts.cache_write;
  out.cache_write_1h_tokens = counts.cache_write_1h;
  out.reasoning_tokens = counts.thinking;
  out.web_search_requests = counts.web_searches;
  out.by_model = usage_by_model(usage, model);
  // After a fallback, only the iterations tell the models' shares. Without them no price can be computed.
  out.has_other_prices = usage.has_other_prices || (usage.fell_back && out.by_model.empty());
  return out;
}

}  // namespace onellm::dialects::anthropic_messages
