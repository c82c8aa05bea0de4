#include "dialects/gemini/request/tools.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "dialects/common/request/raw_values.h"
#include "dialects/gemini/request/schema/encoder.h"
#include "json/reader.h"

namespace onellm::dialects::gemini {

namespace {

using chat::Tool;
using chat::ToolChoice;
using chat::ToolChoiceKind;
using models::WebSearch;

class ToolEncoder {
 public:
  explicit ToolEncoder(RequestDraft& draft) : draft_(draft), choice_(draft.request.tool_choice) {}

  void encode(json::ObjectWriter& body) {
    const chat::Request& request = draft_.request;
    has_functions_ = (!request.tools.empty() || !request.functions.empty()) && !draft_.leaves_out_tools;
    choose_search();
    runs_code_ = draft_.request.runs_code && has_own_tools("tools[].code_interpreter");
    fetches_ = draft_.request.fetches_pages && has_own_tools("tools[].web_fetch");
    check_choice();
    if (has_functions_ || searches_ || runs_code_ || fetches_) {
      json::ArrayWriter tools(body.begin("tools"));
      if (has_functions_) {
        json::ObjectWriter functions(tools.next());
        json::ArrayWriter declarations(functions.begin("functionDeclarations"));
        write_all(declarations, request.tools, "tools", ".function.parameters");
        write_all(declarations, request.functions, "functions", ".parameters");
      }
      if (searches_) tools.next() += R"({"googleSearch":{}})";
      if (runs_code_) tools.next() += R"({"codeExecution":{}})";
      if (fetches_) tools.next() += R"({"urlContext":{}})";
    }
    if (has_functions_) write_config(body);
  }

 private:
  // --- tools ---

  void choose_search() {
    const json::Raw options = draft_.request.parameter("web_search_options");
    if (options.empty()) return;
    const WebSearch ability = draft_.rules.web_search;
    searches_ = ability == WebSearch::kBeside || (ability == WebSearch::kAlone && !has_functions_);
    if (!searches_) return draft_.drops.add("web_search_options");
    note_search_options(options);
  }

  // A model accepts Google's other tools beside functions if it accepts the search beside functions. If it does not,
  // `name` is dropped.
  // https://ai.google.dev/gemini-api/docs/code-execution, …/url-context
  bool has_own_tools(std::string_view name) {
    const WebSearch ability = draft_.rules.web_search;
    const bool has = ability == WebSearch::kBeside || (ability == WebSearch::kAlone && !has_functions_);
    if (!has) draft_.drops.add(name);
    return has;
  }

  // Google's search has no options, so OpenAI's are dropped.
  void note_search_options(json::Raw options) {
    const auto take = [this](json::RawString key, json::Value& value) {
      if (value.is_null()) return;
      for (const std::string_view name : {"search_context_size", "user_location"}) {
        if (json::key_is(key, name)) draft_.drops.add("web_search_options." + std::string(name));
      }
    };
    read_raw(options, [&take](json::Value& object) { object.each_member(take); });
  }

  void write_all(json::ArrayWriter& declarations, const std::vector<Tool>& tools, std::string_view list,
                 std::string_view parameters) {
    for (size_t i = 0; i < tools.size(); ++i) {
      const std::string path = std::string(list) + "[" + std::to_string(i) + "]";
      if (tools[i].custom) {
        return draft_.refuse(path + ".type", "must be function: Gemini has no custom tools",
                             ErrorKind::kUnsupportedParameter);
      }
      write_function(declarations.next(), tools[i], path + std::string(parameters));
      is_strict_ = is_strict_ || tools[i].strict.value_or(false);
    }
  }

  void write_function(std::string& out, const Tool& tool, const std::string& path) {
    json::ObjectWriter function(out);
    function.add("name", draft_.names.sent(tool.name));
    if (!tool.description.empty()) function.add("description", tool.description);
    std::string schema;
    if (!encode_schema(draft_, tool.parameters, path, schema)) return;
    function.add(draft_.rules.takes_schemas ? "parametersJsonSchema" : "parameters", json::Raw{schema});
  }

  // --- their use ---

  void check_choice() {
    const bool names_one = choice_.kind == ToolChoiceKind::kNamed;
    const bool names_some = choice_.kind == ToolChoiceKind::kAllowed;
    if (draft_.leaves_out_tools) return;
    if (!has_functions_) {
      if (names_one || names_some || choice_.kind == ToolChoiceKind::kRequired) {
        draft_.refuse("tool_choice", "asks for tools, and there are none");
      }
    } else if (names_one) {
      check_names({choice_.name});
    } else if (names_some) {
      check_names(choice_.allowed);
    }
  }

  void check_names(const std::vector<json::RawString>& wanted) {
    std::set<std::string> known;
    for (const std::vector<Tool>* tools : {&draft_.request.tools, &draft_.request.functions}) {
      for (const Tool& tool : *tools) known.insert(json::unescape(tool.name));
    }
    const bool all_known = std::all_of(wanted.begin(), wanted.end(),
                                       [&known](json::RawString name) { return known.contains(json::unescape(name)); });
    if (!all_known) draft_.refuse("tool_choice", "names a tool that is not among the tools");
  }

  // With a tool of Google beside functions, Gemini requires includeServerSideToolInvocations and refuses AUTO.
  // https://ai.google.dev/gemini-api/docs/tool-combination
  void write_config(json::ObjectWriter& body) {
    const bool is_softened = chat::is_forced(choice_) && draft_.rules.forced_tools == models::ForcedTools::kRefused;
    if (is_softened) draft_.drops.add("tool_choice");
    const bool is_auto = choice_.kind == ToolChoiceKind::kUnset || choice_.kind == ToolChoiceKind::kAuto || is_softened;
    const bool runs_own = searches_ || runs_code_ || fetches_;
    const bool is_validated = is_auto && (is_strict_ || runs_own);
    if (choice_.kind == ToolChoiceKind::kUnset && !is_validated) return;
    json::ObjectWriter config(body.begin("toolConfig"));
    {
      json::ObjectWriter calling(config.begin("functionCallingConfig"));
      calling.add_plain("mode", is_validated ? "VALIDATED" : (is_softened ? "AUTO" : mode()));
      if (!is_softened) write_names(calling);
    }
    if (runs_own) config.add("includeServerSideToolInvocations", true);
  }

  std::string_view mode() const {
    switch (choice_.kind) {
      case ToolChoiceKind::kUnset:
      case ToolChoiceKind::kAuto: return "AUTO";
      case ToolChoiceKind::kNone: return "NONE";
      case ToolChoiceKind::kRequired:
      case ToolChoiceKind::kHosted:  // Refused before this point.
      case ToolChoiceKind::kNamed: return "ANY";
      case ToolChoiceKind::kAllowed: return choice_.required ? "ANY" : "VALIDATED";  // AUTO accepts no names.
    }
    __builtin_unreachable();
  }

  void write_names(json::ObjectWriter& calling) {
    const bool names_one = choice_.kind == ToolChoiceKind::kNamed;
    if (!names_one && choice_.kind != ToolChoiceKind::kAllowed) return;
    std::string& out = calling.begin("allowedFunctionNames");
    json::ArrayWriter names(out);
    const auto add = [&](json::RawString name) {
      names.next().append(1, '"').append(draft_.names.sent(name).text).append(1, '"');
    };
    if (names_one) return add(choice_.name);
    for (const json::RawString name : choice_.allowed) add(name);
  }

  RequestDraft& draft_;
  const ToolChoice& choice_;
  bool has_functions_ = false;
  bool searches_ = false;
  bool runs_code_ = false;
  bool fetches_ = false;
  bool is_strict_ = false;
};

}  // namespace

void encode_tools(RequestDraft& draft, json::ObjectWriter& body) { ToolEncoder(draft).encode(body); }

}  // namespace onellm::dialects::gemini
