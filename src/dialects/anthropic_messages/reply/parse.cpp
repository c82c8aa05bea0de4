#include "dialects/anthropic_messages/reply/parse.h"

#include "dialects/common/reply/values.h"

namespace onellm::dialects {

const AnthropicEvent* AnthropicReplyReader::read(std::string_view text, std::string_view type_of_line) {
  clear();
  text_.assign(text);
  bool is_object = false;
  if (json_.open(text_)) {
    is_object = json_.root().each_member([&](json::RawString key, json::Value& value) { read_member(key, value); });
  }
  if (!json_.finish()) {
    problem_ = json_.error_message();
    return nullptr;
  }
  event_.type = type_.empty() ? anthropic_event_type(type_of_line) : anthropic_event_type(type_);
  if (event_.type == AnthropicEventType::kOther) problem_.clear();  // Its members may be anything.
  if (!is_object) complain("is no JSON object");
  return problem_.empty() ? &event_ : nullptr;
}

void AnthropicReplyReader::release_memory() {
  clear();
  text_.reset();
  json_.release_large_buffers();
}

void AnthropicReplyReader::clear() {
  event_.index = -1;
  event_.part = {};
  event_.id = event_.model = {};
  event_.has_content = false;
  event_.content.clear();
  event_.stop_reason = event_.explanation = {};
  event_.container = {};
  event_.usage = {};
  event_.has_error = false;
  event_.citations.clear();
  type_ = {};
  problem_.clear();
}

void AnthropicReplyReader::read_member(json::RawString key, json::Value& value) {
  const AnthropicKey known = anthropic_key(key);
  if (known == AnthropicKey::kType) {
    type_ = text_or_nothing(value);
  } else if (known == AnthropicKey::kIndex) {
    if (!value.read(event_.index)) complain("has a block whose index is no integer");
  } else if (known == AnthropicKey::kDelta || known == AnthropicKey::kContentBlock) {
    read_part(value, event_.part);
  } else if (known == AnthropicKey::kMessage) {
    value.each_member(
        [&](json::RawString name, json::Value& member) { read_message_member(anthropic_key(name), member); });
  } else if (known == AnthropicKey::kError) {
    event_.has_error = !value.is_null();
  } else {
    read_message_member(known, value);
  }
}

void AnthropicReplyReader::read_message_member(AnthropicKey key, json::Value& value) {
  if (key == AnthropicKey::kId) {
    event_.id = text_or_nothing(value);
  } else if (key == AnthropicKey::kModel) {
    event_.model = text_or_nothing(value);
  } else if (key == AnthropicKey::kContent) {
    read_content(value);
  } else if (key == AnthropicKey::kStopReason) {
    event_.stop_reason = text_or_nothing(value);
  } else if (key == AnthropicKey::kStopDetails) {
    read_stop_details(value);
  } else if (key == AnthropicKey::kContainer) {
    if (!value.is_null()) event_.container = value.raw();
  } else if (key == AnthropicKey::kUsage) {
    read_anthropic_usage(value, event_.usage);
  }
}

void AnthropicReplyReader::read_content(json::Value& value) {
  if (value.is_null()) return;
  event_.has_content = value.each_element([&](size_t /*index*/, json::Value& element) {
    AnthropicPart part;
    read_part(element, part);
    event_.content.push_back(part);
  });
  if (!event_.has_content) complain("has content that is no array");
}

void AnthropicReplyReader::read_stop_details(json::Value& value) {
  value.each_member([&](json::RawString key, json::Value& member) {
    if (json::key_is(key, "explanation")) event_.explanation = text_or_nothing(member);
  });
}

// The delta of a `message_delta` looks like a part, too.
void AnthropicReplyReader::read_part(json::Value& value, AnthropicPart& part) {
  json::RawString type;
  part.citations_begin = event_.citations.size();
  const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
    const AnthropicKey known = anthropic_key(key);
    if (known == AnthropicKey::kType) {
      type = text_or_nothing(member);
    } else if (known == AnthropicKey::kStopReason || known == AnthropicKey::kStopDetails ||
               known == AnthropicKey::kContainer) {
      read_message_member(known, member);
    } else {
      read_part_member(known, member, part);
    }
  });
  if (!is_object) return complain("has a content block or delta that is no object");
  part.kind = anthropic_part_kind(type);
  part.citations_end = event_.citations.size();
}

void AnthropicReplyReader::read_part_member(AnthropicKey key, json::Value& value, AnthropicPart& part) {
  if (key == AnthropicKey::kText || key == AnthropicKey::kThinking || key == AnthropicKey::kPartialJson ||
      key == AnthropicKey::kData) {
    part.text = text_or_nothing(value);
  } else if (key == AnthropicKey::kSignature) {
    part.signature = text_or_nothing(value);
  } else if (key == AnthropicKey::kId) {
    part.id = text_or_nothing(value);
  } else if (key == AnthropicKey::kName) {
    part.name = text_or_nothing(value);
  } else if (key == AnthropicKey::kInput) {
    part.input = value.is_null() ? json::Raw{} : value.raw();
  } else if (key == AnthropicKey::kCitation) {
    read_citation(value);
  } else if (key == AnthropicKey::kCitations) {
    value.each_element([&](size_t /*index*/, json::Value& element) { read_citation(element); });
  }
}

void AnthropicReplyReader::read_citation(json::Value& value) {
  AnthropicCitation citation;
  value.each_member([&](json::RawString key, json::Value& member) {
    if (json::key_is(key, "url")) citation.url = text_or_nothing(member);
    if (json::key_is(key, "title")) citation.title = text_or_nothing(member);
  });
  event_.citations.push_back(citation);
}

void AnthropicReplyReader::complain(std::string_view problem) {
  if (problem_.empty()) problem_ = problem;
}

}  // namespace onellm::dialects
