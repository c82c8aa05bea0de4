#include "dialects/anthropic_messages/reply/whole.h"

#include "dialects/anthropic_messages/errors.h"
#include "dialects/anthropic_messages/reply/flow.h"
#include "dialects/anthropic_messages/reply/parse.h"
#include "dialects/anthropic_messages/request/turn_content.h"
#include "dialects/common/reply/bad_reply.h"

namespace onellm::dialects::anthropic_messages {

void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) {
  if (!begin_json_body(body, sink)) return;

  ReplyReader reader;
  const MessageEvent* reply = reader.read(body, "message");
  const bool is_error = reply == nullptr ? body.starts_with('[') : reply->type == EventType::kError || reply->has_error;
  if (is_error) return emit_failure(decode_stream_error(body, context.model), sink);
  if (reply == nullptr) return emit_failure(bad_reply(reader.problem()), sink);
  if (reply->type != EventType::kMessage || !reply->has_content) {
    return emit_failure(bad_reply("has no content"), sink);
  }
  ReplyFlow flow(context);
  if (!flow.take(*reply, sink)) return emit_failure(bad_reply(flow.problem()), sink);
  TurnContent content;
  if (context.may_pause) content.take_reply(body);
  flow.keep_content(content.array());
  flow.complete(sink);
}

}  // namespace onellm::dialects::anthropic_messages
