#include "dialects/openai_responses/reply/flow.h"

#include <cstddef>
#include <string_view>

#include "base/limits.h"
#include "dialects/common/tools/tool_call_id.h"
#include "dialects/common/tools/tool_names.h"
#include "dialects/openai_responses/reply/logprobs.h"

namespace onellm::dialects::openai_responses {

namespace {

using chat::EventKind;

constexpr size_t kIdBytesKept = 128;          // Of an item's id; enough to recognise it.
constexpr size_t kPhaseBytesMax = 64;         // A longer phase is ignored.
constexpr json::RawString kBreak{R"(\n\n)"};  // Between paragraphs.

// The kind of an item, by the type of its delta.
ItemKind kind_of_delta(EventType type) {
  return type == EventType::kReasoningDelta ? ItemKind::kReasoning : ItemKind::kMessage;
}

bool is_call(ItemKind kind) { return kind == ItemKind::kFunctionCall || kind == ItemKind::kCustomCall; }

}  // namespace

bool ReplyFlow::take(const Event& event, chat::EventSink& sink) {
  switch (event.type) {
    case EventType::kResponse: start(event, sink); break;
    case EventType::kItemAdded:
      start(event, sink);
      (void)open(event.output_index, event.item, sink);
      break;
    case EventType::kItemDone:
      start(event, sink);
      finish(event, event.output_index, event.item, sink);
      break;
    case EventType::kTextDelta:
    case EventType::kRefusalDelta:
    case EventType::kReasoningDelta:
    case EventType::kAnnotation:
      start(event, sink);
      take_delta(event, sink);
      break;
    case EventType::kInputDelta:
    case EventType::kInputDone: take_input_delta(event, sink); break;
    case EventType::kEnd:
    case EventType::kFailed:
    case EventType::kError:
    case EventType::kOther: break;
  }
  return *problem_ == '\0';
}

void ReplyFlow::start(const Event& event, chat::EventSink& sink) {
  if (started_) return;
  started_ = true;
  id_ = event.id.text;
  sink.take({.kind = EventKind::kStarted, .id = event.id, .name = event.model, .created_s = event.created_s});
}

// Finds an item by its index, if there is one: some hosts send another id for the same item in every event.
ReplyFlow::Progress* ReplyFlow::find(int64_t index, json::RawString id) {
  const std::string_view kept = id.text.substr(0, kIdBytesKept);
  for (size_t at = items_.size(); at-- > 0;) {
    Progress& item = items_[at];
    if (index >= 0 ? item.index == index : item.id == kept) return &item;
  }
  return nullptr;
}

ReplyFlow::Progress* ReplyFlow::open(int64_t index, const Item& item, chat::EventSink& sink) {
  note_phase(item);
  if (Progress* known = find(index, item.id)) return known;
  if (items_.size() == kOutputItemsMax) {
    problem_ = "has too many items";
    return nullptr;
  }
  Progress& progress = items_.emplace_back(
      Progress{.index = index, .id = std::string(item.id.text.substr(0, kIdBytesKept)), .kind = item.kind});
  progress.begin = progress.part_begin = characters_;
  if (item.kind == ItemKind::kHidden || item.kind == ItemKind::kImage) reasoning_.discard();
  if (item.kind == ItemKind::kMessage) reasoning_.keep();
  if (is_call(item.kind)) open_call(item, progress, sink);
  return &progress;
}

// Keeps a message's phase for the client to send back. Without it the model takes its commentary for its final answer.
void ReplyFlow::note_phase(const Item& item) {
  const bool is_said = item.kind == ItemKind::kMessage && !item.phase.empty();
  if (is_said && item.phase.text.size() <= kPhaseBytesMax) phase_ = item.phase.text;
}

void ReplyFlow::open_call(const Item& item, Progress& progress, chat::EventSink& sink) {
  if (calls_ == kToolCallsMax) {
    problem_ = "has too many tool calls";
    return;
  }
  reasoning_.keep();
  reasoning_.hand_on(sink);
  progress.call = calls_++;
  const std::string made_id =
      item.call_id.empty() ? make_tool_call_id(id_, item.name.text, 0, progress.call) : std::string();
  sink.take({.kind = EventKind::kToolCallOpened,
             .tool_call = progress.call,
             .custom = item.kind == ItemKind::kCustomCall,
             .has_made_id = item.call_id.empty(),
             .id = item.call_id.empty() ? json::RawString{made_id} : item.call_id,
             .name = known_tool_name(renamed_tools_, item.name)});
}

void ReplyFlow::finish(const Event& event, int64_t index, const Item& item, chat::EventSink& sink) {
  Progress* const progress = open(index, item, sink);
  if (progress == nullptr || progress->done || *problem_ != '\0') return;
  progress->done = true;
  switch (progress->kind) {
    case ItemKind::kMessage: return take_parts(event, item, *progress, sink);
    case ItemKind::kReasoning:
      take_parts(event, item, *progress, sink);
      return reasoning_.add(event, item, {.calls_before = calls_, .text_before = has_text_});
    case ItemKind::kFunctionCall:
    case ItemKind::kCustomCall:
      if (!progress->has_content) take_input(*progress, item.input, sink);
      return;
    case ItemKind::kImage: return take_image(item, sink);
    case ItemKind::kHidden: return;
  }
}

void ReplyFlow::take_image(const Item& item, chat::EventSink& sink) {
  if (item.image.empty()) return;
  has_image_ = true;
  const std::string type = "image/" + (item.image_format.empty() ? "png" : std::string(item.image_format.text));
  chat::EventDetails details;
  details.media = {.type = {type}, .data = item.image};
  sink.take({.kind = EventKind::kMedia, .details = &details});
}

void ReplyFlow::take_delta(const Event& event, chat::EventSink& sink) {
  Progress* const progress = open(event.output_index, {.kind = kind_of_delta(event.type), .id = event.item_id}, sink);
  if (progress == nullptr || progress->done) return;
  if (event.type == EventType::kAnnotation) {
    progress->has_citations = true;
    return cite(event.annotation, progress->part_begin, sink);
  }
  if (event.text.empty()) return;
  progress->has_content = true;
  if (event.type == EventType::kReasoningDelta) return take_reasoning(*progress, event.content_index, event.text, sink);
  if (event.type == EventType::kRefusalDelta) return take_refusal(event.text, sink);
  if (progress->part_index != event.content_index) {
    progress->part_index = event.content_index;
    progress->part_begin = characters_;
  }
  take_text(*progress, event.text, event.logprobs, sink);
}

// Input of a call that has not begun is ignored; it comes again with the whole item.
void ReplyFlow::take_input_delta(const Event& event, chat::EventSink& sink) {
  Progress* const progress = find(event.output_index, event.item_id);
  if (progress == nullptr || !is_call(progress->kind) || progress->done || event.text.empty()) return;
  const bool is_said = event.type == EventType::kInputDone && progress->has_content;
  if (!is_said) take_input(*progress, event.text, sink);
}

void ReplyFlow::take_parts(const Event& event, const Item& item, Progress& progress, chat::EventSink& sink) {
  if (!progress.has_content) progress.begin = characters_;
  int64_t offset = 0;  // Offset of the part in its message, in characters.
  for (size_t at = item.parts_begin; at < item.parts_end; ++at) {
    const Part& part = event.parts[at];
    const bool is_news = !progress.has_content && !part.text.empty();
    switch (part.kind) {
      case PartKind::kText:
        if (is_news) take_text(progress, part.text, part.logprobs, sink);
        for (size_t i = part.citations_begin; i < part.citations_end && !progress.has_citations; ++i) {
          cite(event.citations[i], progress.begin + offset, sink);
        }
        offset += json::count_characters(part.text);
        break;
      case PartKind::kRefusal:
        if (is_news) take_refusal(part.text, sink);
        break;
      case PartKind::kSummary:
      case PartKind::kReasoning:
        if (is_news) take_reasoning(progress, static_cast<int64_t>(at - item.parts_begin), part.text, sink);
        break;
      case PartKind::kHidden: break;
    }
  }
}

void ReplyFlow::take_input(Progress& progress, json::RawString text, chat::EventSink& sink) {
  const bool is_custom = progress.kind == ItemKind::kCustomCall;
  if (text.empty() && is_custom) return;
  progress.has_content = true;
  // A function without arguments gets "{}", since clients parse the text as JSON.
  sink.take({.kind = EventKind::kToolArguments,
             .tool_call = progress.call,
             .custom = is_custom,
             .text = text.empty() ? json::RawString{"{}"} : text});
}

void ReplyFlow::take_refusal(json::RawString text, chat::EventSink& sink) {
  reasoning_.hand_on(sink);
  has_refusal_ = true;
  sink.take({.kind = EventKind::kRefusal, .text = text});
}

void ReplyFlow::take_text(Progress& progress, json::RawString text, json::Raw logprobs, chat::EventSink& sink) {
  reasoning_.hand_on(sink);
  if (!progress.has_text && has_text_) {
    sink.take({.kind = EventKind::kText, .is_break = true, .text = kBreak});
    characters_ += json::count_characters(kBreak);
    progress.begin = progress.part_begin = characters_;
  }
  progress.has_text = has_text_ = true;
  characters_ += json::count_characters(text);
  if (logprobs.empty()) return sink.take({.kind = EventKind::kText, .text = text});
  const std::string read = read_logprobs(logprobs);
  chat::EventDetails details;
  details.logprobs = {read};
  sink.take({.kind = EventKind::kText, .text = text, .details = read.empty() ? nullptr : &details});
}

void ReplyFlow::take_reasoning(Progress& progress, int64_t part_index, json::RawString text, chat::EventSink& sink) {
  if (!progress.has_text) reasoning_.begin_text(sink);
  const bool is_new_part = !progress.has_text || progress.part_index != part_index;
  if (is_new_part && has_reasoning_) sink.take({.kind = EventKind::kReasoning, .is_break = true, .text = kBreak});
  progress.part_index = part_index;
  progress.has_text = has_reasoning_ = true;
  sink.take({.kind = EventKind::kReasoning, .text = text});
}

}  // namespace onellm::dialects::openai_responses
