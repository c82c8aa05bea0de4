#include "dialects/anthropic_messages/client/request/thread.h"

#include "json/buffer.h"
#include "json/reader.h"

namespace onellm::dialects::anthropic_messages {

std::optional<Error> refusal_of_thread(json::Raw thread) {
  const json::Buffer text(thread.text);
  json::Reader reader;
  if (!reader.open(text)) return std::nullopt;
  bool continues = false;
  reader.root().each_member([&continues](json::RawString key, json::Value& value) {
    json::RawString type;
    if (json::key_is(key, "type") && value.read(type)) continues = json::key_is(type, "continue");
  });
  if (!reader.finish() || !continues) return std::nullopt;
  return Error{.kind = ErrorKind::kBadRequest,
               .message =
                   "thread: There is no such thread. The gateway keeps no state between requests, and the model asked "
                   "is of a provider that has no threads. Send the whole conversation.",
               .param = "thread",
               .extra = R"("details":{"error_code":"thread_not_found"})"};
}

}  // namespace onellm::dialects::anthropic_messages
