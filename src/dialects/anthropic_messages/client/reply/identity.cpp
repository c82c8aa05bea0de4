#include "dialects/anthropic_messages/client/reply/identity.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr std::string_view kUnknownModel = "unknown";

const std::string& own_id(const ReplyMeta& meta) { return meta.id.empty() ? meta.fallback_id : meta.id; }

}  // namespace

// Only ids of Anthropic itself are passed on: those of other providers say nothing to a client of this dialect.
void add_identity(json::ObjectWriter& message, const ReplyMeta& meta, std::string_view id, std::string_view model) {
  if (id.starts_with("msg_") && !meta.one_envelope) {
    message.add("id", json::RawString{id});
  } else {
    message.add_plain("id", own_id(meta));
  }
  message.add("type", json::RawString{"message"});
  message.add("role", json::RawString{"assistant"});
  if (!meta.joined_model.empty()) return message.add_plain("model", meta.joined_model);
  message.add("model", json::RawString{model.empty() ? kUnknownModel : model});
}

std::string call_id_seed(const ReplyMeta& meta) {
  const std::string& id = own_id(meta);
  return id.starts_with("msg_") ? id.substr(4) : id;
}

}  // namespace onellm::dialects::anthropic_messages
