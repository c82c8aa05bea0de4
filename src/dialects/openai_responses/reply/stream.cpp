#include "dialects/openai_responses/reply/stream.h"

#include "dialects/common/reply/bad_reply.h"
#include "dialects/openai_responses/errors.h"
#include "dialects/openai_responses/reply/whole.h"

namespace onellm::dialects::openai_responses {

void EventStreamReader::take_event(const sse::Event& event, chat::EventSink& sink) {
  if (event.data == "[DONE]") return;  // The end mark of Chat Completions. Some hosts add it; it is ignored.
  const Event* read = reader_.read(event.data, event.type);
  if (read == nullptr) {
    const bool is_error = event.type == "error";
    return fail_on_bad_data(is_error ? decode_foreign_failure(event.data) : bad_reply(reader_.problem()), sink);
  }
  const bool is_error = read->type == EventType::kFailed || read->type == EventType::kError ||
                        (read->type == EventType::kOther && !read->error.empty());
  if (is_error) return fail(decode_failure(*read), sink);
  if (!flow_.take(*read, sink)) return fail(bad_reply(flow_.problem()), sink);
  if (read->type != EventType::kEnd) return;
  set_ended();
  if (!flow_.complete(*read, sink)) fail(bad_reply(flow_.problem()), sink);
}

void EventStreamReader::take_whole_body(std::string_view body, chat::EventSink& sink) {
  decode_reply(body, context_, sink);
}

void EventStreamReader::take_end(const Error& reason, chat::EventSink& sink) { fail(reason, sink); }

void EventStreamReader::release_memory() { reader_.release_memory(); }

}  // namespace onellm::dialects::openai_responses
