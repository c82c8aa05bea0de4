#include "dialects/openai_responses/reply/parse.h"

#include "dialects/openai_responses/usage.h"

namespace onellm::dialects::openai_responses {

namespace {

constexpr double kSecondsMax = 1e12;  // A larger date is ignored.

json::RawString text_or_nothing(json::Value& value) {
  json::RawString text;
  return value.read(text) ? text : json::RawString{};
}

json::Raw raw_or_nothing(json::Value& value) { return value.is_null() ? json::Raw{} : value.raw(); }

// Reads a date in seconds. Some hosts write it with a fraction.
int64_t read_seconds(json::Value& value) {
  double seconds = 0;
  if (!value.read(seconds) || !(seconds > 0) || seconds > kSecondsMax) return 0;
  return static_cast<int64_t>(seconds);
}

}  // namespace

const Event* ReplyReader::read(std::string_view text, std::string_view type_of_line) {
  event_ = {};
  type_ = {};
  problem_.clear();
  text_.assign(text);
  bool is_object = false;
  if (json_.open(text_)) {
    is_object =
        json_.root().each_member([this](json::RawString key, json::Value& value) { read_member(to_key(key), value); });
  }
  if (!json_.finish()) {
    problem_ = json_.error_message();
    return nullptr;
  }
  if (!is_object) complain("is no JSON object");
  if (!problem_.empty()) return nullptr;
  event_.type = type_.empty() ? to_event_type(type_of_line) : to_event_type(type_);
  return &event_;
}

void ReplyReader::release_memory() {
  event_ = {};
  type_ = {};
  text_.reset();
  json_.release_large_buffers();
}

// Reads a member of an event. In a whole reply the text is the response itself, so its members are read here, too.
void ReplyReader::read_member(Key key, json::Value& value) {
  if (key == Key::kType) {
    type_ = text_or_nothing(value);
  } else if (key == Key::kDelta || key == Key::kInput) {
    event_.text = text_or_nothing(value);
  } else if (key == Key::kOutputIndex) {
    if (!value.read(event_.output_index)) complain("has an item whose index is no integer");
  } else if (key == Key::kContentIndex) {
    if (!value.read(event_.content_index)) complain("has a part whose index is no integer");
  } else if (key == Key::kItemId) {
    event_.item_id = text_or_nothing(value);
  } else if (key == Key::kLogprobs) {
    event_.logprobs = raw_or_nothing(value);
  } else if (key == Key::kItem) {
    event_.item = read_item(value);
  } else if (key == Key::kAnnotation) {
    event_.annotation = read_citation(value);
  } else if (key == Key::kResponse) {
    value.each_member(
        [this](json::RawString name, json::Value& member) { read_response_member(to_key(name), member); });
  } else if (key == Key::kCode) {
    event_.error_code = text_or_nothing(value);
  } else if (key == Key::kMessage) {
    event_.error_message = text_or_nothing(value);
  } else if (key == Key::kParam) {
    event_.error_param = text_or_nothing(value);
  } else {
    read_response_member(key, value);
  }
}

void ReplyReader::read_response_member(Key key, json::Value& value) {
  if (key == Key::kId) {
    event_.id = text_or_nothing(value);
  } else if (key == Key::kModel) {
    event_.model = text_or_nothing(value);
  } else if (key == Key::kCreatedAt) {
    event_.created_s = read_seconds(value);
  } else if (key == Key::kStatus) {
    event_.status = text_or_nothing(value);
  } else if (key == Key::kServiceTier) {
    event_.service_tier = text_or_nothing(value);
  } else if (key == Key::kError) {
    event_.error = raw_or_nothing(value);
  } else if (key == Key::kOutput) {
    read_output(value);
  } else if (key == Key::kUsage) {
    event_.usage = read_usage(value);
  } else if (key == Key::kContentFilters) {
    event_.content_filters = raw_or_nothing(value);
  } else if (key == Key::kIncompleteDetails) {
    value.each_member([this](json::RawString name, json::Value& member) {
      if (to_key(name) == Key::kReason) event_.incomplete_reason = text_or_nothing(member);
    });
  }
}

void ReplyReader::read_output(json::Value& value) {
  if (value.is_null()) return;
  event_.has_output = value.each_element(
      [this](size_t /*index*/, json::Value& element) { event_.output.push_back(read_item(element)); });
  if (!event_.has_output) complain("has output that is no array");
}

Item ReplyReader::read_item(json::Value& value) {
  Item item;
  item.parts_begin = event_.parts.size();
  const bool is_object = value.each_member([&](json::RawString name, json::Value& member) {
    const Key key = to_key(name);
    if (key == Key::kType) {
      item.kind = to_item_kind(text_or_nothing(member));
    } else if (key == Key::kId) {
      item.id = text_or_nothing(member);
    } else if (key == Key::kCallId) {
      item.call_id = text_or_nothing(member);
    } else if (key == Key::kName) {
      item.name = text_or_nothing(member);
    } else if (key == Key::kInput) {
      item.input = text_or_nothing(member);
    } else if (key == Key::kEncryptedContent) {
      item.encrypted_content = text_or_nothing(member);
    } else if (key == Key::kResult) {
      item.image = text_or_nothing(member);
    } else if (key == Key::kOutputFormat) {
      item.image_format = text_or_nothing(member);
    } else if (key == Key::kPhase) {
      item.phase = text_or_nothing(member);
    } else if (key == Key::kSummary || key == Key::kContent) {
      member.each_element(
          [this](size_t /*index*/, json::Value& element) { event_.parts.push_back(read_part(element)); });
    }
  });
  item.parts_end = event_.parts.size();
  if (!is_object) complain("has an item that is no object");
  return item;
}

Part ReplyReader::read_part(json::Value& value) {
  Part part;
  part.citations_begin = event_.citations.size();
  value.each_member([&](json::RawString name, json::Value& member) {
    const Key key = to_key(name);
    if (key == Key::kType) {
      part.kind = to_part_kind(text_or_nothing(member));
    } else if (key == Key::kText || key == Key::kRefusal) {
      part.text = text_or_nothing(member);
    } else if (key == Key::kLogprobs) {
      part.logprobs = raw_or_nothing(member);
    } else if (key == Key::kAnnotations) {
      member.each_element(
          [this](size_t /*index*/, json::Value& element) { event_.citations.push_back(read_citation(element)); });
    }
  });
  part.citations_end = event_.citations.size();
  return part;
}

// Reads an annotation. Annotations of files have no URL and no counterpart in Chat Completions.
Citation ReplyReader::read_citation(json::Value& value) {
  Citation citation;
  value.each_member([&](json::RawString name, json::Value& member) {
    const Key key = to_key(name);
    if (key == Key::kStartIndex) {
      if (!member.read(citation.start)) citation.start = 0;
    } else if (key == Key::kEndIndex) {
      if (!member.read(citation.end)) citation.end = 0;
    } else if (key == Key::kUrl) {
      citation.url = text_or_nothing(member);
    } else if (key == Key::kTitle) {
      citation.title = text_or_nothing(member);
    }
  });
  return citation;
}

void ReplyReader::complain(std::string_view problem) {
  if (problem_.empty()) problem_ = problem;
}

}  // namespace onellm::dialects::openai_responses
