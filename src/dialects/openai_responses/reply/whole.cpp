#include "dialects/openai_responses/reply/whole.h"

#include "dialects/common/reply/bad_reply.h"
#include "dialects/openai_responses/errors.h"
#include "dialects/openai_responses/reply/flow.h"
#include "dialects/openai_responses/reply/parse.h"

namespace onellm::dialects::openai_responses {

namespace {

// True if the response's status says that it has ended. A response without a status counts as ended.
bool is_finished(json::RawString status) {
  return status.empty() || json::key_is(status, "completed") || json::key_is(status, "incomplete");
}

}  // namespace

void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) {
  if (!begin_json_body(body, sink)) return;

  ReplyReader reader;
  const Event* reply = reader.read(body, "");
  if (reply == nullptr) {
    return emit_failure(body.starts_with('[') ? decode_foreign_failure(body) : bad_reply(reader.problem()), sink);
  }
  const bool is_error = !reply->error.empty() || (!reply->has_output && !reply->error_message.empty());
  if (is_error || json::key_is(reply->status, "failed")) return emit_failure(decode_failure(*reply), sink);
  if (!reply->has_output) return emit_failure(bad_reply("has no output"), sink);
  if (!is_finished(reply->status)) return emit_failure(bad_reply("is not finished"), sink);
  ReplyFlow flow(context);
  if (!flow.complete(*reply, sink)) emit_failure(bad_reply(flow.problem()), sink);
}

}  // namespace onellm::dialects::openai_responses
