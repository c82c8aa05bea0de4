#include "dialects/openai_chat/request/compose/writer.h"

#include <utility>

#include "dialects/openai_chat/request/compose/draft.h"
#include "dialects/openai_chat/request/compose/messages.h"
#include "dialects/openai_chat/request/compose/parameters.h"
#include "dialects/openai_chat/request/compose/tools.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

namespace {

// Marks in the form of another API may be refused. OpenAI's newer models take its own form.
MarkForm mark_form(bool is_own, const EncodeOptions& options) {
  if (is_own) return MarkForm::kAsGiven;
  const models::Contract& contract = options.contract;
  const bool takes_breakpoints = options.host.mapping == HostMapping::kOpenAi && contract.takes_cache_options &&
                                 contract.reasoning != models::Reasoning::kUnknown;
  return takes_breakpoints ? MarkForm::kBreakpoints : MarkForm::kNone;
}

}  // namespace

Result<Composed> compose(const chat::Request& request, const ToolNames& names, const EncodeOptions& options) {
  const bool is_own = request.source.dialect == kOpenaiChat;
  ComposeDraft draft{
      .request = request, .options = options, .names = names, .is_own = is_own, .marks = mark_form(is_own, options)};
  Composed composed;
  {
    json::ObjectWriter body(composed.text);
    body.add_plain("model", options.model);
    write_parameters(draft, body);
    write_tools(draft, body);
    write_messages(draft, body);
  }
  if (draft.error) return std::move(*draft.error);
  composed.drops = std::move(draft.drops);
  composed.sends_marks = draft.marks != MarkForm::kNone;
  composed.effort_said_by = draft.effort_said_by;
  return composed;
}

}  // namespace onellm::dialects::openai_chat
