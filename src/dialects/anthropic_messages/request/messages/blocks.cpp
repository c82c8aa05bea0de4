#include "dialects/anthropic_messages/request/messages/blocks.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "dialects/anthropic_messages/request/cache_mark.h"
#include "dialects/anthropic_messages/request/tools/property_names.h"
#include "dialects/common/request/blank_text.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using chat::Part;
using chat::PartKind;
using chat::ThinkingBlock;

void move_to_end(std::vector<Block>& from, std::vector<Block>& to) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
  from.clear();
}

// The cache breakpoint of a part. OpenAI's form has no options, so it gives the default one.
json::Raw cache_control_of(const Part& part) {
  return part.cache_breakpoint && part.cache_control.empty() ? kPlainMark : part.cache_control;
}

// `cache_control` of a message covers the whole message: it goes to the last block that may have one.
void mark_end(json::Raw cache_control, std::vector<Block>& blocks, RequestDraft& draft) {
  if (cache_control.empty()) return;
  const auto last = std::find_if(blocks.rbegin(), blocks.rend(),
                                 [](const Block& block) { return block.kind != BlockKind::kThinking; });
  if (last == blocks.rend()) return draft.drops.add("messages[].cache_control");
  if (last->cache_control.empty()) last->cache_control = cache_mark(cache_control);
}

// The block of one part of a message.
Block block_of(const Part& part, const std::string& path, Conversation& conversation, RequestDraft& draft) {
  Block block;
  block.place = part.place;
  block.cache_control = cache_control_of(part);
  if (!part.raw.empty() && draft.is_own()) {
    block.kind = BlockKind::kRaw;
    block.raw = part.raw;
    block.text = part.text;
    return block;
  }
  switch (part.kind) {
    case PartKind::kText:
    case PartKind::kRefusal: block.text = part.text; return block;
    case PartKind::kForeign: return block;  // Left out before this point.
    case PartKind::kAudio:
      draft.refuse(path, "is audio, which this model cannot hear", ErrorKind::kUnsupportedParameter);
      return block;
    case PartKind::kImage:
    case PartKind::kFile:
      block.kind = BlockKind::kMedia;
      conversation.media.push_back(std::make_unique<MediaSource>(read_media(part, path, draft)));
      block.media = conversation.media.back().get();
      return block;
  }
  __builtin_unreachable();
}

std::vector<Block> call_blocks(const chat::Message& message, size_t first_call, const Conversation& conversation,
                               bool is_own) {
  std::vector<Block> blocks;
  const auto add = [&](const chat::ToolCall& call) {
    const std::string_view id = conversation.call_ids[first_call + blocks.size()];
    blocks.push_back(
        {.kind = BlockKind::kToolUse, .cache_control = cache_mark(call.cache_control), .id = id, .call = &call});
    blocks.back().place = call.notes.place;
    if (is_own) blocks.back().extra = call.extra;
  };
  for (const chat::ToolCall& call : message.tool_calls) add(call);
  if (message.function_call) add(*message.function_call);
  return blocks;
}

// A block is sent back only to the model that signed it: other models refuse it.
bool may_go_back(const ThinkingBlock& block, const std::string& model) {
  const json::RawString proof = block.redacted ? block.text : block.signature;
  if (proof.empty()) return false;
  return block.model.empty() || models::is_same_model(json::unescape(block.model), model);
}

int64_t characters_of(const Block& block) {
  const bool has_text = block.kind == BlockKind::kText || block.kind == BlockKind::kRaw;
  return has_text ? json::count_characters(block.text) : 0;
}

// Moves the first `characters` of the texts in `from` to `to`; a longer text is cut in two. The client got the text
// blocks of the reply joined to one, but the signed thinking between them is valid only between the original blocks.
void move_text(int64_t characters, std::vector<Block>& from, std::vector<Block>& to) {
  size_t whole = 0;
  for (; whole < from.size() && characters > 0; ++whole) {
    const int64_t here = characters_of(from[whole]);
    const bool is_cut = here > characters && from.size() == 1 && from[whole].kind == BlockKind::kText;
    if (is_cut) break;
    characters -= std::min(here, characters);
  }
  std::move(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(whole), std::back_inserter(to));
  from.erase(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(whole));
  if (characters == 0 || from.empty()) return;
  std::string_view& rest = from.front().text.text;
  const size_t bytes = json::bytes_of_characters({rest}, characters);
  Block before{.text = {rest.substr(0, bytes)}};
  rest.remove_prefix(bytes);
  if (!is_blank(before.text)) to.push_back(std::move(before));
  if (is_blank(from.front().text)) from.clear();
}

// All blocks in the order in which a client of this dialect wrote them.
std::vector<Block> as_written(std::vector<Block> texts, std::vector<Block> calls, const chat::Message& message,
                              const std::string& model) {
  std::vector<Block> blocks = std::move(texts);
  move_to_end(calls, blocks);
  for (const ThinkingBlock& thinking : message.thinking_blocks) {
    if (!may_go_back(thinking, model)) continue;
    blocks.push_back({.kind = BlockKind::kThinking, .place = thinking.place, .thinking = &thinking});
  }
  std::stable_sort(blocks.begin(), blocks.end(),
                   [](const Block& left, const Block& right) { return left.place < right.place; });
  return blocks;
}

// Puts each thinking block of an assistant message back behind the text and calls that came before it.
std::vector<Block> lay_out(std::vector<Block> texts, std::vector<Block> calls,
                           const std::vector<ThinkingBlock>& thoughts, const std::string& model) {
  std::vector<Block> blocks;
  size_t calls_done = 0;
  const auto add_calls_until = [&](size_t end) {
    for (; calls_done < std::min(end, calls.size()); ++calls_done) blocks.push_back(std::move(calls[calls_done]));
  };
  int64_t moved = 0;
  for (const ThinkingBlock& thinking : thoughts) {
    if (!may_go_back(thinking, model)) continue;
    if (thinking.text_before > moved) move_text(thinking.text_before - moved, texts, blocks);
    moved = std::max(moved, thinking.text_before);
    add_calls_until(thinking.calls_before);
    blocks.push_back({.kind = BlockKind::kThinking, .thinking = &thinking});
  }
  move_to_end(texts, blocks);
  add_calls_until(calls.size());
  return blocks;
}

}  // namespace

std::vector<Block> content_blocks(MessagePlace place, Conversation& conversation, RequestDraft& draft) {
  std::vector<Block> blocks;
  for (size_t i = 0; i < place.message.parts.size(); ++i) {
    const Part& part = place.message.parts[i];
    if (part.is_in_raw && draft.is_own()) continue;
    const bool is_text = part.kind == PartKind::kText || part.kind == PartKind::kRefusal;
    const bool is_raw = draft.is_own() && !part.raw.empty();
    if (is_text && !is_raw && is_blank(part.text)) {
      // The blank part is left out, but its cache breakpoint stays.
      if (part.cache_breakpoint && !blocks.empty()) blocks.back().cache_control = cache_control_of(part);
      continue;
    }
    const std::string path =
        is_text ? std::string() : "messages[" + std::to_string(place.index) + "].content[" + std::to_string(i) + "]";
    blocks.push_back(block_of(part, path, conversation, draft));
    // The client's cache marks move from turn to turn. A text that loses its mark must keep its form.
    blocks.back().is_listed = draft.is_own();
  }
  const chat::Role role = place.message.role;
  const bool is_whole = role == chat::Role::kSystem || role == chat::Role::kDeveloper || role == chat::Role::kUser;
  if (is_whole) mark_end(place.message.cache_control, blocks, draft);
  return blocks;
}

std::vector<Block> assistant_blocks(MessagePlace place, size_t first_call, bool thinks, Conversation& conversation,
                                    RequestDraft& draft) {
  const chat::Message& message = place.message;
  if (!message.audio.empty()) {
    draft.refuse("messages[" + std::to_string(place.index) + "].audio", "is an answer that this model cannot hear",
                 ErrorKind::kUnsupportedParameter);
  }
  std::vector<Block> texts = content_blocks(place, conversation, draft);
  if (!is_blank(message.refusal)) texts.push_back({.text = message.refusal});
  std::vector<Block> calls = call_blocks(message, first_call, conversation, draft.is_own());
  const bool has_own_thoughts = draft.is_own() && !message.thinking_blocks.empty();
  if (texts.empty() && calls.empty() && !has_own_thoughts) return {};
  for (Block& call : calls) call.renamed = draft.properties.of(call.call->name);
  std::vector<Block> blocks = std::move(texts);
  const std::vector<ThinkingBlock>& thoughts =
      message.thinking_blocks.empty() ? message.remembered_thoughts : message.thinking_blocks;
  if (thinks && draft.options.without_thoughts) {
    const auto goes_back = [&draft](const ThinkingBlock& block) { return may_go_back(block, draft.options.model); };
    if (std::any_of(thoughts.begin(), thoughts.end(), goes_back)) {
      draft.drops.add("messages[].thinking_blocks");
    }
    thinks = false;
  }
  if (thinks && draft.is_own()) {
    blocks = as_written(std::move(blocks), std::move(calls), message, draft.options.model);
  } else if (thinks) {
    blocks = lay_out(std::move(blocks), std::move(calls), thoughts, draft.options.model);
  } else {
    move_to_end(calls, blocks);
  }
  mark_end(message.cache_control, blocks, draft);
  return blocks;
}

void put_in_order(std::vector<Block>& blocks) {
  while (!blocks.empty() && blocks.back().kind == BlockKind::kThinking) blocks.pop_back();
  std::vector<Block> ordered;
  std::vector<Block> calls;
  ordered.reserve(blocks.size());
  for (Block& block : blocks) {
    if (block.kind == BlockKind::kThinking) move_to_end(calls, ordered);
    (block.kind == BlockKind::kToolUse ? calls : ordered).push_back(std::move(block));
  }
  move_to_end(calls, ordered);
  blocks = std::move(ordered);
}

}  // namespace onellm::dialects::anthropic_messages
