#include "dialects/openai_chat/request/writer.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/function_ref.h"
#include "dialects/common/errors/complaint.h"
#include "dialects/common/request/drops.h"
#include "dialects/common/tools/tool_names.h"
#include "dialects/openai_chat/client/decode_request.h"
#include "dialects/openai_chat/request/parameter_rules.h"
#include "dialects/openai_chat/request/splice/messages/joined_turns.h"
#include "dialects/openai_chat/request/splice/messages/message_edits.h"
#include "dialects/openai_chat/request/splice/source_members.h"
#include "dialects/openai_chat/request/splice/source_splice.h"
#include "json/raw.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::SourceMember;

constexpr std::string_view kStreamOptions = "stream_options";
constexpr std::string_view kAskForUsage = R"("include_usage":true)";

bool is_key(const SourceMember& member, std::string_view key) { return json::key_is({member.key}, key); }

std::string object_of(std::string_view members) { return "{" + std::string(members) + "}"; }

// How to change stream_options.
enum class UsageEdit : uint8_t {
  kNone,    // Sent as the client wrote it.
  kCut,     // The host refuses it.
  kCreate,  // The client sent none, or null.
  kChange,  // The client's object must ask for usage too.
};

class RequestEncoder {
 public:
  RequestEncoder(const chat::Request& request, const EncodeOptions& options)
      : request_(request), options_(options), rules_(request, options), splice_(request.source.text) {
    for (const SourceMember& member : request.source.members) {
      if (is_key(member, kStreamOptions)) stream_options_ = &member;
    }
    usage_edit_ = choose_usage_edit();
  }

  Result<EncodedRequest> encode() {
    for (const chat::Message& message : request_.messages) {
      if (message.is_error) drops_.add("messages[].content[].is_error");
    }
    if (std::optional<Error> refusal = refusal_of_choices()) return *std::move(refusal);
    splice_.edit_members(request_.source.members, [this](const SourceMember& member) {
      MemberEdit edit = edit_of(member);
      if (!edit.dropped.empty()) drops_.add(edit.dropped);
      return edit;
    });
    if (options_.strict) {
      if (std::optional<Error> refusal = drops_.refusal()) return *std::move(refusal);
    }
    EncodedRequest out;
    out.body = splice_.finish();
    out.dropped = drops_.take();
    return out;
  }

 private:
  // The error if `n` is above the limit. Fewer answers than requested are not acceptable.
  std::optional<Error> refusal_of_choices() const {
    int64_t most = options_.host.choices_max;
    if (most != 0) most = std::min(most, int64_t{options_.contract.choices_max});
    if (most == 0 || int64_t{request_.n} <= most) return std::nullopt;
    std::optional<Error> error;
    complain(error, "n", "must be at most " + std::to_string(most) + " for this provider",
             ErrorKind::kUnsupportedParameter);
    return error;
  }

  UsageEdit choose_usage_edit() const {
    const bool is_there = stream_options_ != nullptr;
    if (!options_.ask_for_usage || rules_.is_dropped_by_settings({kStreamOptions})) {
      return is_there ? UsageEdit::kCut : UsageEdit::kNone;
    }
    if (!request_.stream || request_.include_usage) return UsageEdit::kNone;
    return is_there && stream_options_->value != "null" ? UsageEdit::kChange : UsageEdit::kCreate;
  }

  MemberEdit edit_of(const SourceMember& member) {
    const ParameterRow& row = parameter_row({member.key});
    if (row.kind == ParameterKind::kModel) return edit_model(member);
    if (row.kind == ParameterKind::kMessages) return edit_messages_in(member.value);
    if (row.kind == ParameterKind::kStreamOptions) return edit_stream_options(member.value);
    if (row.kind == ParameterKind::kOnellm) return {.cut = true};
    return row.kind == ParameterKind::kStream ? MemberEdit() : rules_.edit_of(member, row);
  }

  // Also adds a missing stream_options after `model`, which is always there.
  MemberEdit edit_model(const SourceMember& member) {
    if (request_.model != options_.model) {
      std::string quoted;
      json::quote_to(quoted, options_.model);
      splice_.replace(member.value, std::move(quoted));
    }
    if (usage_edit_ == UsageEdit::kCreate && stream_options_ == nullptr) {
      splice_.insert(member.member.data() + member.member.size(), R"(,"stream_options":)" + object_of(kAskForUsage));
    }
    return {};
  }

  MemberEdit edit_messages_in(std::string_view array) {
    edit_messages(request_, rules_.for_messages(), array, splice_, drops_);
    return {};
  }

  MemberEdit edit_stream_options(std::string_view value) {
    switch (usage_edit_) {
      case UsageEdit::kNone: return {};
      case UsageEdit::kCut: return {.cut = true};  // The client gets its usage chunk all the same.
      case UsageEdit::kCreate: return {.value = object_of(kAskForUsage)};
      case UsageEdit::kChange: ask_for_usage_in(value); return {};
    }
    return {};
  }

  void ask_for_usage_in(std::string_view object) {
    const std::vector<SourceMember> members = read_members(object);
    for (const SourceMember& member : members) {
      if (is_key(member, "include_usage")) return splice_.replace(member.value, "true");
    }
    splice_.insert(object.data() + 1, std::string(kAskForUsage) + (members.empty() ? "" : ","));
  }

  const chat::Request& request_;
  const EncodeOptions& options_;
  ParameterRules rules_;
  SourceSplice splice_;
  Drops drops_;
  const SourceMember* stream_options_ = nullptr;
  UsageEdit usage_edit_ = UsageEdit::kNone;
};

// The client's text with the new tool names. Names are in many places, and nearly all requests need no change. So the
// new text is decoded again and encoded like any other.
std::string with_names(const chat::Request& request, const ToolNames& names) {
  SourceSplice splice(request.source.text);
  for (const auto& [place, name] : names.places()) splice.replace(place, std::string(name));
  return splice.finish().flat();
}

// Encodes a changed text in place of the request's own.
Result<EncodedRequest> encode_text(const std::string& changed, const chat::Request& request,
                                   FunctionRef<Result<EncodedRequest>(const chat::Request& request)> encode) {
  const json::Buffer text(changed);
  Result<chat::Request> decoded = decode_request(text);
  if (!decoded) return decoded.error();
  decoded->include_usage = request.include_usage;
  Result<EncodedRequest> encoded = encode(*decoded);
  if (!encoded) return encoded;
  std::string body = encoded->body.flat();  // Its views point into `text`, which is destroyed here.
  encoded->body = {};
  encoded->body.add_owned(std::move(body));
  return encoded;
}

Result<EncodedRequest> encode_with_names(const chat::Request& request, const EncodeOptions& options) {
  const ToolNames names(request, options.host.tool_names);
  if (names.empty()) return RequestEncoder(request, options).encode();
  Result<EncodedRequest> encoded =
      encode_text(with_names(request, names), request,
                  [&options](const chat::Request& renamed) { return RequestEncoder(renamed, options).encode(); });
  if (encoded) encoded->reply.renamed_tools = names.changed();
  return encoded;
}

Result<EncodedRequest> encode_joined(const chat::Request& request, const EncodeOptions& options) {
  Drops drops;
  const std::string text = with_joined_turns(request, drops);
  std::optional<Error> refusal = options.strict ? drops.refusal() : std::nullopt;
  if (refusal) return *std::move(refusal);
  Result<EncodedRequest> encoded = encode_text(
      text, request, [&options](const chat::Request& joined) { return encode_with_names(joined, options); });
  if (!encoded) return encoded;
  for (const std::string& name : encoded->dropped) drops.add(name);
  encoded->dropped = drops.take();
  return encoded;
}

}  // namespace

Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) {
  ONELLM_ASSERT(request.source.dialect == kOpenaiChat);
  if (!options.host.takes_repeated_roles && needs_joined_turns(request)) return encode_joined(request, options);
  return encode_with_names(request, options);
}

bool adds_unasked(std::string_view name, const chat::Request& request, const EncodeOptions& options) {
  if (name != kStreamOptions) return false;
  const auto is_sent = [](const SourceMember& member) {
    return is_key(member, kStreamOptions) && member.value != "null";
  };
  const std::vector<SourceMember>& members = request.source.members;
  return std::any_of(members.begin(), members.end(), is_sent) || (request.stream && options.ask_for_usage);
}

}  // namespace onellm::dialects::openai_chat
