#include "dialects/openai_chat/usage.h"

#include <limits>
#include <string_view>

#include "chat/members.h"
#include "dialects/openai_chat/usage_counts.h"
#include "json/reader.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

namespace {

using Count = std::optional<int64_t>;
using Counts = UsageCounts;

// The cost that the host reported. If the user's own provider key was used (BYOK), a router reports only its fee, so
// the provider's price is added. nullopt if that price is unknown or the sum is too large.
Count reported_cost(const Counts& counts) {
  if (!counts.is_byok || !counts.cost_pico_usd) return counts.cost_pico_usd;
  if (!counts.upstream_cost_pico_usd) return std::nullopt;
  const int64_t left = std::numeric_limits<int64_t>::max() - *counts.cost_pico_usd;
  if (*counts.upstream_cost_pico_usd > left) return std::nullopt;
  return *counts.cost_pico_usd + *counts.upstream_cost_pico_usd;
}

chat::Usage put_right(const Counts& counts) {
  chat::Usage usage;
  usage.prompt_tokens = counts.prompt.value_or(0);
  usage.completion_tokens = counts.completion.value_or(0);
  usage.total_tokens = counts.total.value_or(usage.prompt_tokens + usage.completion_tokens);
  if (usage.total_tokens - usage.prompt_tokens > usage.completion_tokens) {
    usage.completion_tokens = usage.total_tokens - usage.prompt_tokens;
  }
  usage.cached_tokens = counts.cached ? counts.cached : counts.cached_by_other_name;
  usage.cache_write_tokens = counts.cache_write ? counts.cache_write : counts.cache_write_by_other_name;
  usage.cache_write_1h_tokens = counts.cache_write_1h;
  usage.reasoning_tokens = counts.reasoning ? counts.reasoning : counts.reasoning_at_top;
  usage.audio_prompt_tokens = counts.audio_prompt;
  usage.audio_completion_tokens = counts.audio_completion;
  usage.reported_cost_pico_usd = reported_cost(counts);
  usage.has_other_prices = counts.has_other_prices;
  return usage;
}

// True if a client that knows only OpenAI's names reads the same counts from the host's own object.
bool raw_says_the_same(const Counts& counts, const chat::Usage& usage) {
  return counts.prompt == usage.prompt_tokens && counts.completion == usage.completion_tokens &&
         counts.total == usage.total_tokens && counts.cached == usage.cached_tokens &&
         counts.cache_write == usage.cache_write_tokens && counts.reasoning == usage.reasoning_tokens;
}

void append_count(json::ObjectWriter& object, std::string_view key, const Count& count) {
  if (count) object.add(key, *count);
}

void add_counts(json::ObjectWriter& object, const chat::Usage& usage) {
  object.add("prompt_tokens", usage.prompt_tokens);
  object.add("completion_tokens", usage.completion_tokens);
  object.add("total_tokens", usage.total_tokens);
  if (usage.cached_tokens || usage.cache_write_tokens || usage.audio_prompt_tokens) {
    json::ObjectWriter details(object.begin("prompt_tokens_details"));
    append_count(details, "cached_tokens", usage.cached_tokens);
    append_count(details, "cache_write_tokens", usage.cache_write_tokens);
    append_count(details, "audio_tokens", usage.audio_prompt_tokens);
  }
  if (usage.reasoning_tokens || usage.audio_completion_tokens) {
    json::ObjectWriter details(object.begin("completion_tokens_details"));
    append_count(details, "reasoning_tokens", usage.reasoning_tokens);
    append_count(details, "audio_tokens", usage.audio_completion_tokens);
  }
}

// The text of an object's members, without the braces.
std::string_view inside(std::string_view object) { return object.substr(1, object.rfind('}') - 1); }

// The corrected counts, with all other members of the original.
std::string rewrite(std::string_view original, const chat::Usage& usage) {
  std::string counts;
  {
    json::ObjectWriter object(counts);
    add_counts(object, usage);
  }
  std::string members(inside(counts));
  for (const std::string_view more : {inside(original), inside(counts)}) {
    chat::add_members(members, {more}, chat::SameKey::kAccumulate);
  }
  return "{" + members + "}";
}

}  // namespace

std::optional<chat::Usage> read_usage(json::Raw raw) {
  if (!raw.text.starts_with('{')) return std::nullopt;
  const json::Buffer text(raw.text);
  json::Reader reader;
  if (!reader.open(text)) return std::nullopt;
  const Counts counts = read_usage_counts(reader.root());
  if (!reader.finish() || !(counts.prompt || counts.completion || counts.total)) return std::nullopt;

  chat::Usage usage = put_right(counts);
  if (raw_says_the_same(counts, usage)) {
    usage.raw = raw.text;
  } else {
    usage.raw = rewrite(raw.text, usage);
  }
  return usage;
}

std::optional<chat::Usage> read_nested_usage(json::Raw object) {
  const json::Buffer text(object.text);
  json::Reader reader;
  std::optional<chat::Usage> usage;
  if (!reader.open(text)) return usage;
  reader.root().each_member([&](json::RawString key, json::Value& value) {
    if (json::key_is(key, "usage")) usage = read_usage(value.raw());
  });
  return usage;
}

void append_usage(std::string& out, const chat::Usage& usage) {
  if (usage.raw.empty()) {
    json::ObjectWriter object(out);
    add_counts(object, usage);
    if (!usage.shown_cost.empty()) object.add("cost", json::Raw{usage.shown_cost});
    return;
  }
  const bool is_shown = usage.shown_cost.empty() || usage.reported_cost_pico_usd || !usage.raw.ends_with('}');
  if (is_shown) {
    out += usage.raw;
    return;
  }
  std::string members = usage.raw.substr(1, usage.raw.size() - 2);
  chat::add_members(members, {R"("cost":)" + usage.shown_cost}, chat::SameKey::kReplace);
  out.append("{").append(members).append("}");
}

}  // namespace onellm::dialects::openai_chat
