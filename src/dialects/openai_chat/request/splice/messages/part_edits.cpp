#include "dialects/openai_chat/request/splice/messages/part_edits.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "dialects/common/splice/source_members.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::Message;
using chat::Part;
using chat::SourceMember;

constexpr std::string_view kBreakpoint = "prompt_cache_breakpoint";
constexpr std::string_view kCacheControl = "cache_control";
constexpr std::string_view kOnlyImages = R"("An image, which the next message of the user shows.")";
constexpr std::string_view kOnlyFiles = R"("A file, which stands in the next message of the user.")";

bool is_file(const Part& part) { return part.kind == chat::PartKind::kFile; }
bool is_media(const Part& part) { return is_file(part) || part.kind == chat::PartKind::kImage; }

std::string lines_of(const Message& message) {
  std::string lines;
  for (const Part& part : message.parts) {
    if (part.text.empty()) continue;
    if (!lines.empty()) lines += R"(\n)";
    lines += part.text.text;
  }
  return lines;
}

}  // namespace

bool PartEdits::cuts_mark(const Message& message) const {
  return (rules_.cut_breakpoints || rules_.cut_cache_marks) &&
         std::any_of(message.parts.begin(), message.parts.end(),
                     [](const Part& part) { return part.cache_breakpoint; });
}

size_t PartEdits::moving_media(const Message& message) const {
  if (!rules_.move_media || message.role != chat::Role::kTool) return 0;
  return static_cast<size_t>(std::count_if(message.parts.begin(), message.parts.end(), is_media));
}

MemberEdit PartEdits::edit(const Message& message, std::string_view content) {
  const size_t moving = moving_media(message);
  std::vector<SourceMember> elements;  // Elements have no keys.
  read_elements(
      content, [](size_t /*index*/) { return true; },
      [&elements](size_t /*index*/, std::string_view part) {
        elements.push_back({{}, part, part});
      });
  if (moving > 0) {
    media_.append(R"(,{"type":"text","text":"What the tool call )").append(message.tool_call_id.text);
    media_ += R"( gave:"})";
  }

  const auto edit_part = [&](const SourceMember& element) -> MemberEdit {
    const Part& part = message.parts[static_cast<size_t>(&element - elements.data())];
    const bool moves = moving > 0 && is_media(part);
    const bool is_marked = (rules_.cut_breakpoints || rules_.cut_cache_marks) && part.cache_breakpoint;
    if (moves) media_.append(",").append(is_marked ? without_marks(element.value) : element.value);
    if (!moves && is_marked) cut_marks(element.value, splice_);
    return {.cut = moves};
  };
  if (moving < elements.size() && (moving == 0 || !rules_.join_texts)) {
    splice_.edit_members(elements, edit_part);
    return {};
  }
  for (const SourceMember& element : elements) (void)edit_part(element);
  if (const std::string texts = lines_of(message); !texts.empty()) return {.value = '"' + texts + '"'};
  const bool has_file = std::any_of(message.parts.begin(), message.parts.end(), is_file);
  return {.value = std::string(has_file ? kOnlyFiles : kOnlyImages)};
}

std::string PartEdits::without_marks(std::string_view part) {
  SourceSplice splice(part);
  cut_marks(part, splice);
  return splice.finish().flat();
}

void PartEdits::cut_marks(std::string_view part, SourceSplice& splice) {
  splice.edit_members(read_members(part), [this](const SourceMember& member) -> MemberEdit {
    const json::RawString key{member.key};
    if (rules_.cut_breakpoints && json::key_is(key, kBreakpoint)) {
      drops_.add(kBreakpoint);
      return {.cut = true};
    }
    if (!rules_.cut_cache_marks || !json::key_is(key, kCacheControl)) return {};
    if (member.value != "null") drops_.add("messages[].content[].cache_control");
    return {.cut = true};
  });
}

std::string PartEdits::take_media_message() {
  if (media_.empty()) return {};
  const std::string media = std::exchange(media_, {});
  return R"(,{"role":"user","content":[)" + media.substr(1) + "]}";
}

}  // namespace onellm::dialects::openai_chat
