#include "dialects/openai_chat/request/writer.h"

#include <string>
#include <string_view>
#include <utility>

#include "base/function_ref.h"
#include "dialects/common/foreign/foreign_source.h"
#include "dialects/common/splice/source_splice.h"
#include "dialects/common/tools/tool_names.h"
#include "dialects/ids.h"
#include "dialects/openai_chat/client/decode_request.h"
#include "dialects/openai_chat/request/compose/writer.h"
#include "dialects/openai_chat/request/source_encoder.h"
#include "dialects/openai_chat/request/splice/messages/joined_turns.h"

namespace onellm::dialects::openai_chat {

namespace {

constexpr int64_t kStopsMax = 4;  // OpenAI's limit of texts in `stop`.

// Encodes a text that does not outlive the call: the result is a copy of it.
Result<EncodedRequest> encode_text(std::string&& text, bool include_usage,
                                   FunctionRef<Result<EncodedRequest>(const chat::Request& request)> encode) {
  const json::Buffer body(text);
  std::string().swap(text);  // The body may be megabytes long.
  Result<chat::Request> request = decode_request(body);
  if (!request) return request.error();
  request->include_usage = include_usage;
  Result<EncodedRequest> encoded = encode(*request);
  if (!encoded) return encoded;
  std::string flat = encoded->body.flat();
  encoded->body = {};
  encoded->body.add_owned(std::move(flat));
  return encoded;
}

// The client's text with the new tool names. Names are in many places, and nearly all requests need no change. So the
// new text is decoded again and encoded like any other.
std::string with_names(const chat::Request& request, const ToolNames& names) {
  SourceSplice splice(request.source.text);
  for (const auto& [place, name] : names.places()) splice.replace(place, std::string(name));
  return splice.finish().flat();
}

Result<EncodedRequest> encode_with_names(const chat::Request& request, const EncodeOptions& options,
                                         const Composing& composing) {
  const ToolNames names(request, options.host.tool_names);
  if (names.empty()) return encode_source(request, options, composing);
  Result<EncodedRequest> encoded =
      encode_text(with_names(request, names), request.include_usage,
                  [&](const chat::Request& renamed) { return encode_source(renamed, options, composing); });
  if (encoded) encoded->reply.renamed_tools = names.changed();
  return encoded;
}

Result<EncodedRequest> encode_own(const chat::Request& request, const EncodeOptions& options,
                                  Composing composing = {}) {
  const bool joins = !options.host.takes_repeated_roles && needs_joined_turns(request);
  if (!joins) return encode_with_names(request, options, composing);
  return encode_text(with_joined_turns(request, composing.drops), request.include_usage,
                     [&](const chat::Request& joined) { return encode_with_names(joined, options, composing); });
}

Result<EncodedRequest> encode_composed(const chat::Request& request, const EncodeOptions& given) {
  EncodeOptions options = given;
  const bool has_limit = options.host.mapping != HostMapping::kOpenAi || options.host.stops_max != 0;
  if (!has_limit) options.host.stops_max = kStopsMax;  // The client's own dialect may allow more.
  // The host's own clients may know better; a client of another dialect expects what every API takes.
  if (options.host.tool_names == ToolNameForm::kAny) options.host.tool_names = ToolNameForm::kPlain;
  const ToolNames names(request, options.host.tool_names);
  Result<Composed> composed = compose(request, names, options);
  if (!composed) return composed.error();
  // Few hosts take more than a string from a tool. Where marks are sent, a mark that moves must change nothing else.
  if (request.source.dialect == kAnthropicMessages) {
    options.host.tools_give_text = !options.host.tools_give_media;
    options.host.joins_tool_texts = !composed->sends_marks;
  }
  Composing composing{.drops = std::move(composed->drops), .effort_said_by = composed->effort_said_by};
  Result<EncodedRequest> encoded =
      encode_text(std::move(composed->text), request.include_usage,
                  [&](const chat::Request& own) { return encode_own(own, options, composing); });
  if (encoded) encoded->reply.renamed_tools = names.changed();
  return encoded;
}

}  // namespace

Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) {
  if (request.source.dialect == kOpenaiChat) return encode_own(request, options);
  return encode_foreign(request, options, {.signatures = true, .of_messages = true, .plain = true},
                        [&options](const chat::Request& known) { return encode_composed(known, options); });
}

bool adds_unasked(std::string_view name, const chat::Request& request, const EncodeOptions& options) {
  if (name != "stream_options") return false;
  const bool is_sent = request.source.dialect == kOpenaiChat && !stream_options_of(request).empty();
  return is_sent || (request.stream && options.ask_for_usage);
}

}  // namespace onellm::dialects::openai_chat
