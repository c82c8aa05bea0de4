#include "dialects/anthropic_messages/reply/parse.h"

#include "dialects/common/reply/values.h"

namespace onellm::dialects::anthropic_messages {

const MessageEvent* ReplyReader::read(std::string_view text, std::string_view type_of_line) {
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
  event_.type = type_.empty() ? to_event_type(type_of_line) : to_event_type(type_);
  if (event_.type == EventType::kOther) problem_.clear();  // The members of unknown events are not checked.
  if (!is_object) complain("is no JSON object");
  return problem_.empty() ? &event_ : nullptr;
}

void ReplyReader::release_memory() {
  clear();
  text_.reset();
  json_.release_large_buffers();
}

void ReplyReader::clear() {
  event_.index = -1;
  event_.part = {};
  event_.id = event_.model = {};
  event_.has_content = false;
  event_.content.clear();
  event_.stop_reason = event_.stop_sequence = event_.explanation = event_.category = {};
  event_.container = {};
  event_.usage = {};
  event_.has_error = false;
  event_.citations.clear();
  type_ = {};
  problem_.clear();
}

void ReplyReader::read_member(json::RawString key, json::Value& value) {
  const Key known = to_key(key);
  if (known == Key::kType) {
    type_ = text_or_nothing(value);
  } else if (known == Key::kIndex) {
    if (!value.read(event_.index)) complain("has a block whose index is no integer");
  } else if (known == Key::kDelta || known == Key::kContentBlock) {
    read_part(value, event_.part);
  } else if (known == Key::kMessage) {
    value.each_member([&](json::RawString name, json::Value& member) { read_message_member(to_key(name), member); });
  } else if (known == Key::kError) {
    event_.has_error = !value.is_null();
  } else {
    read_message_member(known, value);
  }
}

void ReplyReader::read_message_member(Key key, json::Value& value) {
  if (key == Key::kId) {
    event_.id = text_or_nothing(value);
  } else if (key == Key::kModel) {
    event_.model = text_or_nothing(value);
  } else if (key == Key::kContent) {
    read_content(value);
  } else if (key == Key::kStopReason) {
    event_.stop_reason = text_or_nothing(value);
  } else if (key == Key::kStopSequence) {
    event_.stop_sequence = text_or_nothing(value);
  } else if (key == Key::kStopDetails) {
    read_stop_details(value);
  } else if (key == Key::kContainer) {
    if (!value.is_null()) event_.container = value.raw();
  } else if (key == Key::kUsage) {
    read_usage(value, event_.usage);
  }
}

void ReplyReader::read_content(json::Value& value) {
  if (value.is_null()) return;
  event_.has_content = value.each_element([&](size_t /*index*/, json::Value& element) {
    Part part;
    read_part(element, part);
    event_.content.push_back(part);
  });
  if (!event_.has_content) complain("has content that is no array");
}

void ReplyReader::read_stop_details(json::Value& value) {
  value.each_member([&](json::RawString key, json::Value& member) {
    if (json::key_is(key, "explanation")) event_.explanation = text_or_nothing(member);
    if (json::key_is(key, "category")) event_.category = text_or_nothing(member);
  });
}

// Reads a block or a delta. The delta of a `message_delta` is read here too; it has the stop reason.
void ReplyReader::read_part(json::Value& value, Part& part) {
  json::RawString type;
  part.citations_begin = event_.citations.size();
  const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
    const Key known = to_key(key);
    if (known == Key::kType) {
      type = text_or_nothing(member);
    } else if (known == Key::kStopReason || known == Key::kStopSequence || known == Key::kStopDetails ||
               known == Key::kContainer) {
      read_message_member(known, member);
    } else {
      read_part_member(known, member, part);
    }
  });
  if (!is_object) return complain("has a content block or delta that is no object");
  part.kind = to_part_kind(type);
  part.citations_end = event_.citations.size();
}

void ReplyReader::read_part_member(Key key, json::Value& value, Part& part) {
  if (key == Key::kText || key == Key::kThinking || key == Key::kPartialJson || key == Key::kData) {
    part.text = text_or_nothing(value);
  } else if (key == Key::kSignature) {
    part.signature = text_or_nothing(value);
  } else if (key == Key::kId) {
    part.id = text_or_nothing(value);
  } else if (key == Key::kName) {
    part.name = text_or_nothing(value);
  } else if (key == Key::kInput) {
    part.input = value.is_null() ? json::Raw{} : value.raw();
  } else if (key == Key::kCitation) {
    read_citation(value);
  } else if (key == Key::kCitations) {
    value.each_element([&](size_t /*index*/, json::Value& element) { read_citation(element); });
  }
}

void ReplyReader::read_citation(json::Value& value) {
  Citation citation;
  value.each_member([&](json::RawString key, json::Value& member) {
    if (json::key_is(key, "url")) citation.url = text_or_nothing(member);
    if (json::key_is(key, "title")) citation.title = text_or_nothing(member);
    if (json::key_is(key, "cited_text")) citation.quote = text_or_nothing(member);
    if (json::key_is(key, "encrypted_index")) citation.reference = text_or_nothing(member);
  });
  event_.citations.push_back(citation);
}

void ReplyReader::complain(std::string_view problem) {
  if (problem_.empty()) problem_ = problem;
}

}  // namespace onellm::dialects::anthropic_messages
