#include "dialects/anthropic_messages/client/encode_reply.h"

#include "dialects/anthropic_messages/client/usage.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

void encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out) {
  json::ObjectWriter reply(out);
  const bool has_own_id = !answer.id.empty() && !meta.one_envelope;
  reply.add("id", json::RawString{has_own_id ? answer.id : json::escape(meta.fallback_id)});
  reply.add("type", json::RawString{"message"});
  reply.add("role", json::RawString{"assistant"});
  reply.add("model", json::RawString{answer.model});
  {
    json::ArrayWriter content(reply.begin("content"));
    const bool has_text = !answer.choices.empty() && !answer.choices.front().text.empty();
    if (has_text) {
      json::ObjectWriter block(content.next());
      block.add("type", json::RawString{"text"});
      block.add("text", json::RawString{answer.choices.front().text});
    }
  }
  reply.add("stop_reason", json::RawString{"end_turn"});
  reply.add_null("stop_sequence");
  append_usage(reply.begin("usage"), answer.usage ? &*answer.usage : nullptr);
}

}  // namespace onellm::dialects::anthropic_messages
