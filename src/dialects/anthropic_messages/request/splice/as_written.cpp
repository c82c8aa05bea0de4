#include "dialects/anthropic_messages/request/splice/as_written.h"

#include <string>

#include "dialects/anthropic_messages/request/splice/thought_cuts.h"
#include "dialects/common/request/drops.h"
#include "dialects/common/splice/last_member.h"
#include "dialects/common/splice/source_splice.h"
#include "json/raw.h"
#include "json/reader.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr std::string_view kLimit = "max_tokens";

std::string quoted(std::string_view text) {
  std::string out;
  json::quote_to(out, text);
  return out;
}

}  // namespace

Result<EncodedRequest> encode_as_written(const chat::Request& request, const EncodeOptions& options) {
  const chat::Source& source = request.source;
  const Thoughts cut = options.without_thoughts ? Thoughts::kAll : Thoughts::kForeign;
  const bool may_cut = options.without_thoughts || may_have_foreign_thoughts(source.text);
  Drops drops;
  SourceSplice splice(source.text);
  splice.edit_members(source.members, [&](const chat::SourceMember& member) -> MemberEdit {
    if (json::key_is({member.key}, "onellm")) return {.cut = true};
    if (json::key_is({member.key}, "model")) return {.value = quoted(options.model)};
    const bool is_limit = json::key_is({member.key}, kLimit);
    if (is_limit && options.output_limit > 0) return {.cut = true};  // It is null.
    if (may_cut && json::key_is({member.key}, "messages") && cut_thoughts(member.value, cut, splice)) {
      drops.add("thinking");
    }
    return {};
  });
  if (options.strict) {
    if (std::optional<Error> refusal = drops.refusal()) return *refusal;
  }
  EncodedRequest encoded;
  encoded.body = splice.finish();
  if (options.output_limit > 0) add_last_member(encoded.body, kLimit, options.output_limit);
  encoded.dropped = drops.take();
  encoded.reply.model = options.model;
  return encoded;
}

}  // namespace onellm::dialects::anthropic_messages
