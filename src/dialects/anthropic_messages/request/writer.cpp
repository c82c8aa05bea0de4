#include "dialects/anthropic_messages/request/writer.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dialects/anthropic_messages/request/draft.h"
#include "dialects/anthropic_messages/request/messages/cache_breakpoints.h"
#include "dialects/anthropic_messages/request/messages/conversation.h"
#include "dialects/anthropic_messages/request/messages/writer.h"
#include "dialects/anthropic_messages/request/parameters.h"
#include "dialects/anthropic_messages/request/schema/schema.h"
#include "dialects/anthropic_messages/request/thinking_plan.h"
#include "dialects/anthropic_messages/request/tools/plan.h"
#include "dialects/common/foreign/foreign_source.h"
#include "dialects/common/reasoning/returned_thoughts.h"
#include "dialects/common/request/left_out.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/common/splice/spliced_text.h"
#include "dialects/common/tools/hosted_tools.h"
#include "dialects/common/tools/repeated_tools.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using chat::ResponseFormatKind;

constexpr json::RawString kJsonInstruction{"Reply with one JSON object and nothing else, without a code fence."};
constexpr std::string_view kSystemBegin = "<system>\\n";
constexpr std::string_view kSystemEnd = "\\n</system>";
constexpr std::string_view kCallTheTool = "<system>\\nCall the tool ";
constexpr std::string_view kCallTheToolNow = " now.\\n</system>";
constexpr std::string_view kSchemaInstruction = " It must follow this JSON Schema: ";

class RequestEncoder {
 public:
  RequestEncoder(const chat::Request& request, const EncodeOptions& options)
      : draft_{.request = request, .options = options} {}

  Result<EncodedRequest> encode() {
    check_parameters(draft_);
    fit_format();
    for (const chat::Tool& tool : draft_.request.tools) {
      if (!draft_.is_own() || tool.raw.empty()) draft_.properties.add(tool.name, tool.parameters);
    }
    for (const chat::Tool& tool : draft_.request.functions) draft_.properties.add(tool.name, tool.parameters);
    thinking_ = plan_thinking(draft_);
    if (needs_text_tool(draft_) && thinking_.thinks) go_without(thinking_, draft_);
    arrange();
    tools_ = plan_tools(draft_, thinking_);
    let_blocks_be_dropped(thinking_, draft_);
    say_what_is_wished();
    limit_cache();

    EncodedRequest out;
    out.body = write();
    if (!draft_.error && draft_.options.strict) draft_.error = draft_.drops.refusal();
    if (draft_.error) return std::move(*draft_.error);
    out.dropped = draft_.drops.take();
    if (!draft_.betas.empty()) out.headers.emplace_back("anthropic-beta", joined_betas());
    out.reply.model = draft_.options.model;
    out.reply.may_pause = !tools_.web_search.empty() || has_hosted_tools(tools_);
    out.reply.text_tool = std::move(tools_.text_tool);
    out.reply.renamed_tools = draft_.names.changed();
    out.reply.renamed_properties = draft_.properties.take();
    return out;
  }

 private:
  // If the API cannot compile the schema of the reply, instructions in the prompt ask for it.
  void fit_format() {
    const json::Raw schema = draft_.request.response_format.schema;
    if (!draft_.wants_schema() || !draft_.rules.takes_schemas) return;
    // Tools lose `strict` first: the client parses the reply by its format, so the format matters more.
    const bool is_refused = draft_.options.without_strict && !has_strict_tools();
    if (!is_refused && draft_.room.take(measure_schema(schema, SchemaUse::kFormat))) return;
    draft_.gives_up_schema = true;
    draft_.drops.add("response_format");
    schema_instruction_ = kSchemaInstruction;
    json::escape_to(schema_instruction_, schema.text);
  }

  void arrange() {
    conversation_ = arrange_conversation(draft_, thinking_.thinks);
    if (thinking_.by_budget && calls_without_thinking(conversation_)) {
      go_without(thinking_, draft_);
      conversation_ = arrange_conversation(draft_, thinking_.thinks);
    }
    draft_.sends_thoughts = has_thoughts(conversation_);
  }

  bool has_strict_tools() const {
    const auto is_strict = [](const chat::Tool& tool) { return tool.strict.value_or(false); };
    return std::any_of(draft_.request.tools.begin(), draft_.request.tools.end(), is_strict);
  }

  // Wishes without a field in the API become instructions in the prompt.
  void say_what_is_wished() {
    if (!tools_.wished.empty()) {
      (void)instruct_at_end({.before = kCallTheTool, .text = tools_.wished, .after = kCallTheToolNow}, conversation_);
    }
    if (!wants_json() || draft_.wants_schema()) return;
    if (draft_.sends_thoughts) {
      last_instruction_ = schema_instruction_ + std::string(kSystemEnd);
      if (instruct_at_end({.before = kSystemBegin, .text = kJsonInstruction, .after = last_instruction_},
                          conversation_)) {
        return;
      }
    }
    conversation_.system.push_back({.text = kJsonInstruction, .after = schema_instruction_});
  }

  void limit_cache() {
    if (draft_.is_own()) return;  // The client sets them as it wants.
    const bool has_one_for_all = !unknown_parameter(draft_.request, "cache_control").empty();
    if (!has_one_for_all) add_cache_breakpoints(tools_, conversation_, draft_);
    limit_cache_breakpoints(tools_, conversation_, kCacheBreakpointsMax - (has_one_for_all ? 1 : 0), draft_);
  }

  bool wants_json() const {
    if (draft_.has_own_format()) return false;
    const ResponseFormatKind kind = draft_.request.response_format.kind;
    return kind == ResponseFormatKind::kJsonObject || kind == ResponseFormatKind::kJsonSchema;
  }

  Rope write() {
    SplicedText body;
    {
      json::ObjectWriter object(body.text());
      object.add_plain("model", draft_.options.model);
      write_thinking(thinking_, draft_, object);
      write_output_config(object);
      write_parameters(draft_, thinking_, object);
      write_tools(tools_, draft_, body, object);
      write_conversation(conversation_, draft_.names, body, object);  // Must be last: continue_request() appends.
    }
    body.replace_lone_surrogates();
    return body.finish();
  }

  // Writes the effort, the format of the reply, and the other members of the client's output_config.
  void write_output_config(json::ObjectWriter& object) {
    const bool has_format = draft_.wants_schema() && draft_.rules.takes_schemas;
    const std::string own = own_output_config(draft_, has_format);
    if (thinking_.effort.empty() && !has_format && own.empty()) return;
    json::ObjectWriter config(object.begin("output_config"));
    if (!thinking_.effort.empty()) config.add("effort", json::RawString{thinking_.effort});
    if (has_format) {
      json::ObjectWriter format(config.begin("format"));
      format.add("type", json::RawString{"json_schema"});
      const chat::ResponseFormat& asked = draft_.request.response_format;
      append_strict_schema(asked.schema, asked.description, format.begin("schema"));
    }
    config.add(json::RawMembers{own});
  }

  std::string joined_betas() const {
    std::string out;
    for (const std::string_view beta : draft_.betas) {
      if (!out.empty()) out += ',';
      out += beta;
    }
    return out;
  }

  RequestDraft draft_;
  std::string schema_instruction_;  // Escaped for a JSON string; empty: the API enforces the schema, or there is none.
  std::string last_instruction_;    // Follows kJsonInstruction when that stands at the end; blocks view it.
  ThinkingPlan thinking_;
  Conversation conversation_;
  ToolPlan tools_;
};

}  // namespace

Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) {
  const auto encode = [&options](const chat::Request& taken) { return RequestEncoder(taken, options).encode(); };
  const bool is_own = request.source.dialect == kAnthropicMessages;
  const auto encode_unique = [&](const chat::Request& unique) {
    if (is_own) return encode_what_is_taken(unique, options, encode);
    return encode_with_own_tools(unique, {.web_search = true, .search_limits = true}, options, encode);
  };
  const auto encode_known = [&](const chat::Request& known) {
    return encode_without_repeated_tools(known, encode_unique);
  };
  const ThoughtsTaken taken{.of_claude = true};
  if (is_own) return encode_with_own_thoughts(request, options, taken, encode_known);
  return encode_foreign(request, options, taken, encode_known);
}

}  // namespace onellm::dialects::anthropic_messages
