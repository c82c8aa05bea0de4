#include "dialects/common/tools/tool_names.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>

#include "base/function_ref.h"
#include "base/text.h"
#include "json/reader.h"

namespace onellm::dialects {

namespace {

struct FormRow {
  size_t bytes_max;
  std::string_view marks;        // Allowed besides letters and digits.
  std::string_view first_marks;  // Allowed as the first character besides letters.
  bool digit_first;              // A digit may be first.
  char prefix;                   // Put before a name whose first character is not allowed there.
};

// https://platform.openai.com/docs/api-reference/chat/create#chat-create-tools
constexpr FormRow kPlain{.bytes_max = 64, .marks = "_-", .first_marks = "_-", .digit_first = true, .prefix = '_'};
// https://github.com/MoonshotAI/kimi-cli/issues/1773
constexpr FormRow kLetterFirst{.bytes_max = 64, .marks = "_-", .first_marks = "", .digit_first = false, .prefix = 'f'};
// https://docs.claude.com/en/docs/agents-and-tools/tool-use/implement-tool-use
constexpr FormRow kClaude{.bytes_max = 128, .marks = "_-", .first_marks = "_-", .digit_first = true, .prefix = '_'};
// https://ai.google.dev/api/caching#FunctionDeclaration
constexpr FormRow kGoogle{.bytes_max = 128, .marks = "_.:-", .first_marks = "_", .digit_first = false, .prefix = '_'};

const FormRow& row_of(ToolNameForm form) {
  switch (form) {
    case ToolNameForm::kAny:
    case ToolNameForm::kPlain: return kPlain;
    case ToolNameForm::kLetterFirst: return kLetterFirst;
    case ToolNameForm::kClaude: return kClaude;
    case ToolNameForm::kGoogle: return kGoogle;
  }
  __builtin_unreachable();
}

bool has(std::string_view marks, char c) { return marks.find(c) != marks.npos; }

bool is_first(const FormRow& row, char c) {
  return is_letter(c) || has(row.first_marks, c) || (row.digit_first && is_digit(c));
}
bool is_further(const FormRow& row, char c) { return is_letter_or_digit(c) || has(row.marks, c); }

bool is_legal(const FormRow& row, std::string_view name) {
  return !name.empty() && name.size() <= row.bytes_max && is_first(row, name.front()) &&
         std::all_of(name.begin(), name.end(), [&row](char c) { return is_further(row, c); });
}

// Eight digits of FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
std::string hash_of(std::string_view text) {
  uint32_t hash = 0x811C9DC5;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
  std::string digits;
  for (int shift = 28; shift >= 0; shift -= 4) digits += "0123456789abcdef"[hash >> shift & 0xF];
  return digits;
}

// The name in a legal form. A name that is too long is cut and gets its hash at the end, so that names with the same
// beginning stay different.
std::string legal_form(const FormRow& row, std::string_view name) {
  std::string legal;
  for (const char c : name) legal += is_further(row, c) ? c : '_';
  if (legal.empty() || !is_first(row, legal.front())) legal.insert(legal.begin(), row.prefix);
  if (legal.size() <= row.bytes_max) return legal;
  const std::string mark = "_" + hash_of(name);
  legal.resize(row.bytes_max - mark.size());
  return legal + mark;
}

void each_name(const chat::Request& request, FunctionRef<void(json::RawString name)> take) {
  for (const std::vector<chat::Tool>* tools : {&request.tools, &request.functions}) {
    for (const chat::Tool& tool : *tools) {
      if (!tool.foreign) take(tool.name);
    }
  }
  for (const chat::Message& message : request.messages) {
    for (const chat::ToolCall& call : message.tool_calls) take(call.name);
    if (message.function_call) take(message.function_call->name);
  }
}

}  // namespace

// A request may have thousands of names. So each name is looked up, never compared with all others.
class ToolNames::Changer {
 public:
  Changer(const chat::Request& request, const FormRow& row) : request_(request), row_(row) {}

  void add(json::RawString name) {
    if (name.text.data() == nullptr || is_legal(row_, name.text)) return;
    if (changes_.empty()) note_tools();
    std::string plain = json::unescape(name);
    if (changes_.contains(plain)) return;
    std::string sent = free_form(plain);
    changes_.emplace(plain, Change{.name = name, .plain = plain, .sent = std::move(sent)});
  }

  // The changes, sorted by the original name.
  std::vector<Change> take() {
    std::vector<Change> changes;
    changes.reserve(changes_.size());
    for (auto& [plain, change] : changes_) changes.push_back(std::move(change));
    return changes;
  }

 private:
  void note_tools() {
    for (const std::vector<chat::Tool>* tools : {&request_.tools, &request_.functions}) {
      for (const chat::Tool& tool : *tools) taken_.emplace(tool.name.text);
    }
  }

  // A legal name that is still free. Names with the same legal form get different numbers at the end.
  std::string free_form(std::string_view plain) {
    const std::string form = legal_form(row_, plain);
    size_t& last = numbers_.try_emplace(form, 1).first->second;
    std::string sent = form;
    while (!taken_.insert(sent).second) {
      const std::string number = "_" + std::to_string(++last);
      sent = form.substr(0, row_.bytes_max - number.size()) + number;
    }
    return sent;
  }

  const chat::Request& request_;
  const FormRow& row_;
  std::map<std::string, Change> changes_;
  std::set<std::string> taken_;
  std::map<std::string, size_t> numbers_;  // The last number given to each form.
};

ToolNames::ToolNames(const chat::Request& request, ToolNameForm form) : request_(request), form_(form) {
  if (form_ == ToolNameForm::kAny) return;
  Changer changer(request, row_of(form_));
  each_name(request, [&changer](json::RawString name) { changer.add(name); });
  changes_ = changer.take();
}

const ToolNames::Change* ToolNames::find(json::RawString name) const {
  if (changes_.empty()) return nullptr;
  const bool has_escapes = name.text.find('\\') != name.text.npos;
  const std::string unescaped = has_escapes ? json::unescape(name) : std::string();
  const std::string_view plain = has_escapes ? unescaped : name.text;
  const auto found = std::lower_bound(changes_.begin(), changes_.end(), plain,
                                      [](const Change& change, std::string_view text) { return change.plain < text; });
  return found != changes_.end() && found->plain == plain ? &*found : nullptr;
}

bool ToolNames::is_made(std::string_view name) const {
  return std::any_of(changes_.begin(), changes_.end(), [name](const Change& change) { return change.sent == name; });
}

json::RawString ToolNames::sent(json::RawString name) const {
  const Change* const change = find(name);
  return change == nullptr ? name : json::RawString{change->sent};
}

RenamedTools ToolNames::changed() const {
  RenamedTools names;
  for (const Change& change : changes_) names.emplace_back(change.sent, std::string(change.name.text));
  return names;
}

std::vector<std::pair<std::string_view, std::string_view>> ToolNames::places() const {
  std::vector<std::pair<std::string_view, std::string_view>> places;
  const auto take = [&](json::RawString name) {
    const json::RawString now = sent(name);
    if (now.text.data() != name.text.data()) places.emplace_back(name.text, now.text);
  };
  each_name(request_, take);
  for (const chat::Message& message : request_.messages) {
    if (message.role == chat::Role::kTool || message.role == chat::Role::kFunction) take(message.name);
  }
  take(request_.tool_choice.name);
  for (const json::RawString name : request_.tool_choice.allowed) take(name);
  std::sort(places.begin(), places.end(),
            [](const auto& left, const auto& right) { return left.first.data() < right.first.data(); });
  return places;
}

std::string plain_tool_name(std::string_view name) { return legal_form(kPlain, name); }

json::RawString known_tool_name(const RenamedTools& renamed, json::RawString name) {
  for (const auto& [sent, known] : renamed) {
    if (name.text == sent) return {known};
  }
  return name;
}

}  // namespace onellm::dialects
