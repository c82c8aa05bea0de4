#include "dialects/openai_responses/request/writer.h"

#include <optional>
#include <utility>

#include "dialects/common/foreign/foreign_source.h"
#include "dialects/common/request/cache_marks.h"
#include "dialects/common/request/left_out.h"
#include "dialects/openai_responses/request/draft.h"
#include "dialects/openai_responses/request/messages.h"
#include "dialects/openai_responses/request/parameters.h"
#include "dialects/openai_responses/request/tools.h"
#include "json/writer.h"

namespace onellm::dialects::openai_responses {

namespace {

Result<EncodedRequest> encode_taken(const chat::Request& request, const EncodeOptions& options) {
  RequestDraft draft{.request = request, .options = options};
  check_parameters(draft);
  drop_marks_of_tools(request, draft.drops);
  {
    json::ObjectWriter body(draft.body.text());
    body.add_plain("model", options.model);
    if (request.stream) body.add("stream", true);
    write_input(draft, body);
    write_tools(draft, body);
    write_parameters(draft, body);
    if (options.output_limit > 0) body.add("max_output_tokens", options.output_limit);
  }
  if (draft.error) return std::move(*draft.error);
  std::optional<Error> refusal = options.strict ? draft.drops.refusal() : std::nullopt;
  if (refusal) return std::move(*refusal);
  EncodedRequest out;
  out.body = draft.body.finish();
  out.dropped = draft.drops.take();
  out.reply.model = draft.origin();
  out.reply.renamed_tools = draft.names.changed();
  return out;
}

}  // namespace

Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) {
  const auto encode = [&options](const chat::Request& taken) { return encode_taken(taken, options); };
  return encode_foreign(request, options, {.items_of = origin_of(options)},
                        [&](const chat::Request& known) { return encode_what_is_taken(known, options, encode); });
}

}  // namespace onellm::dialects::openai_responses
