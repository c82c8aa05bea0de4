#include "dialects/openai_chat/usage_json.h"

#include <algorithm>
#include <cmath>

#include "base/limits.h"
#include "chat/members.h"
#include "json/reader.h"
#include "json/writer.h"
#include "prices/money.h"

namespace onellm::dialects {

namespace {

using Count = std::optional<int64_t>;

// The counts as the host wrote them.
struct Counts {
  Count prompt;
  Count completion;
  Count total;
  Count cached;
  Count cache_write;
  Count reasoning;
  Count audio_prompt;
  Count audio_completion;
  Count cached_by_other_name;
  Count reasoning_at_top;
  Count cost_pico_usd;
};

// Some hosts write 10.0.
Count read_count(json::Value& value) {
  int64_t count = 0;
  if (value.read(count)) return std::clamp<int64_t>(count, 0, kTokensMax);
  double number = 0;
  if (!value.read(number) || number != std::floor(number)) return std::nullopt;
  return static_cast<int64_t>(std::clamp(number, 0.0, static_cast<double>(kTokensMax)));
}

// OpenRouter's number, or Perplexity's object with a total.
// https://openrouter.ai/docs/use-cases/usage-accounting
Count read_cost(json::Value& value) {
  Count cost;
  const json::Type type = value.type();
  if (type == json::Type::kNumber) return prices::read_usd(value.raw().text);
  value.each_member([&cost](json::RawString key, json::Value& member) {
    const bool is_total = json::key_is(key, "total_cost") && member.type() == json::Type::kNumber;
    if (is_total) cost = prices::read_usd(member.raw().text);
  });
  return cost;
}

void read_prompt_details(json::Value& value, Counts& counts) {
  value.each_member([&](json::RawString key, json::Value& member) {
    if (json::key_is(key, "cached_tokens")) counts.cached = read_count(member);
    if (json::key_is(key, "cache_write_tokens")) counts.cache_write = read_count(member);
    if (json::key_is(key, "audio_tokens")) counts.audio_prompt = read_count(member);
  });
}

void read_completion_details(json::Value& value, Counts& counts) {
  value.each_member([&](json::RawString key, json::Value& member) {
    if (json::key_is(key, "reasoning_tokens")) counts.reasoning = read_count(member);
    if (json::key_is(key, "audio_tokens")) counts.audio_completion = read_count(member);
  });
}

Counts read_counts(json::Value usage) {
  Counts counts;
  usage.each_member([&](json::RawString key, json::Value& value) {
    if (json::key_is(key, "prompt_tokens")) {
      counts.prompt = read_count(value);
    } else if (json::key_is(key, "completion_tokens")) {
      counts.completion = read_count(value);
    } else if (json::key_is(key, "total_tokens")) {
      counts.total = read_count(value);
    } else if (json::key_is(key, "prompt_tokens_details")) {
      read_prompt_details(value, counts);
    } else if (json::key_is(key, "completion_tokens_details")) {
      read_completion_details(value, counts);
    } else if (json::key_is(key, "prompt_cache_hit_tokens") || json::key_is(key, "cached_tokens")) {
      counts.cached_by_other_name = read_count(value);
    } else if (json::key_is(key, "reasoning_tokens")) {
      counts.reasoning_at_top = read_count(value);
    } else if (json::key_is(key, "cost")) {
      counts.cost_pico_usd = read_cost(value);
    }
  });
  return counts;
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
  usage.cache_write_tokens = counts.cache_write;
  usage.reasoning_tokens = counts.reasoning ? counts.reasoning : counts.reasoning_at_top;
  usage.audio_prompt_tokens = counts.audio_prompt;
  usage.audio_completion_tokens = counts.audio_completion;
  usage.reported_cost_pico_usd = counts.cost_pico_usd;
  return usage;
}

// True if a client that knows only OpenAI's names reads the same counts from the host's own object.
bool raw_says_the_same(const Counts& counts, const chat::Usage& usage) {
  return counts.prompt == usage.prompt_tokens && counts.completion == usage.completion_tokens &&
         counts.total == usage.total_tokens && counts.cached == usage.cached_tokens &&
         counts.reasoning == usage.reasoning_tokens;
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

// The members of an object, without its braces.
std::string_view inside(std::string_view object) { return object.substr(1, object.rfind('}') - 1); }

// The counts put right, with all else that the original holds.
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
  const Counts counts = read_counts(reader.root());
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

}  // namespace onellm::dialects
