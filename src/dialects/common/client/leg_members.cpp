#include "dialects/common/client/leg_members.h"

#include <optional>

#include "json/writer.h"

namespace onellm::dialects {

namespace {

void add_if_known(json::ObjectWriter& object, std::string_view key, std::optional<int64_t> value) {
  if (value) return object.add(key, *value);
  object.add_null(key);
}

void write_usage(std::string& out, const chat::Usage& usage) {
  json::ObjectWriter object(out);
  object.add("prompt_tokens", usage.prompt_tokens);
  object.add("completion_tokens", usage.completion_tokens);
  object.add("total_tokens", usage.total_tokens);
  if (usage.cached_tokens) object.add("cached_tokens", *usage.cached_tokens);
  if (usage.cache_write_tokens) object.add("cache_write_tokens", *usage.cache_write_tokens);
  if (usage.reasoning_tokens) object.add("reasoning_tokens", *usage.reasoning_tokens);
}

void write_error(std::string& out, const Error& error, const ClientDialect& dialect) {
  const ErrorWords words = dialect.words_for(error);
  json::ObjectWriter object(out);
  object.add_plain("message", error.message);
  object.add_plain("type", words.type);
  if (words.code.empty()) {
    object.add_null("code");
  } else {
    object.add_plain("code", words.code);
  }
}

void write_finish(json::ObjectWriter& object, const LegSummary& leg) {
  if (leg.error != nullptr) return object.add_plain("finish_reason", "error");
  if (leg.finish) return object.add_plain("finish_reason", chat::to_string(*leg.finish));
  object.add_null("finish_reason");
}

void write_leg(std::string& out, const LegSummary& leg, const ClientDialect& dialect) {
  json::ObjectWriter object(out);
  object.add_plain("model", leg.name);
  object.add_plain("provider", leg.provider);
  object.add_plain("served_model", leg.served_model);
  object.add("status", static_cast<int64_t>(leg.status));
  const bool has_reply = leg.upstream_status != 0;
  add_if_known(object, "upstream_status", has_reply ? std::optional<int64_t>(leg.upstream_status) : std::nullopt);
  write_finish(object, leg);
  if (leg.usage == nullptr) {
    object.add_null("usage");
  } else {
    write_usage(object.begin("usage"), *leg.usage);
  }
  object.add("cost", json::Raw{leg.cost});
  add_if_known(object, "ms_to_first_token", leg.ms_to_first_token);
  add_if_known(object, "total_ms", leg.total_ms);
  object.add("attempts", static_cast<int64_t>(leg.attempts));
  if (leg.error != nullptr) write_error(object.begin("error"), *leg.error, dialect);
}

void write_legs(std::string& out, std::span<const LegSummary> legs, const ClientDialect& dialect) {
  json::ArrayWriter array(out);
  for (const LegSummary& leg : legs) write_leg(array.next(), leg, dialect);
}

}  // namespace

std::string onellm_legs_member(std::span<const LegSummary> legs, const ClientDialect& dialect) {
  std::string member = "\"onellm\":";
  {
    json::ObjectWriter object(member);
    write_legs(object.begin("legs"), legs, dialect);
  }
  return member;
}

std::string bare_legs_member(std::span<const LegSummary> legs, const ClientDialect& dialect) {
  std::string member = "\"legs\":";
  write_legs(member, legs, dialect);
  return member;
}

}  // namespace onellm::dialects
