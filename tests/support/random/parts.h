// Random texts and content parts: the parts of support/random/request.h that need no conversation.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "chat/request.h"
#include "support/random/choice.h"

namespace onellm::test {

// What the requests may hold, besides what every dialect has.
struct RandomKinds {
  bool extra = true;         // Unknown members and parameters of the source's dialect.
  bool cache_marks = true;   // Ends of cached prompts.
  bool older_forms = true;   // `functions`, function calls and their results.
  bool custom_tools = true;  // Tools without a schema.
  bool sound = true;         // Audio parts and spoken answers.
  bool thoughts = true;      // Reasoning, signatures and signed thinking of earlier answers.
  bool pictures = true;      // Images and files, also in results of tools.
};

class RandomParts : protected RandomChoice {
 protected:
  using Part = chat::Part;
  using Message = chat::Message;

  RandomParts(uint64_t seed, RandomKinds kinds) : RandomChoice(seed), kinds_(kinds) {}

  std::string_view keep(std::string text) { return request_->keep(std::move(text)); }

  // The inside of a JSON string, with escapes; not empty.
  json::RawString text() {
    std::string out;
    for (uint32_t i = 0; i <= below(4); ++i) {
      out += pick({"a", "word ", R"(\n)", R"(\"quoted\")", R"(\u00e9)", "\xC3\xA9", R"(\ud83d\udc40)", "[]{}:,",
                   R"(\\)", "  ", "long long long text ", R"(\/)"});
    }
    return {keep(std::move(out))};
  }
  json::RawString maybe_text(uint32_t count) { return one_in(count) ? text() : json::RawString{}; }
  json::Raw object() {
    return {pick({"{}", R"({"a":1})", R"({"b":{"c":[1,2.50,null]},"d":"e"})", R"({"type":"object","properties":{}})"})};
  }
  json::RawString name() { return {keep("f" + std::to_string(below(4)))}; }

  void mark(Part& part) {
    if (!kinds_.cache_marks || !one_in(6)) return;
    part.cache_breakpoint = true;
    if (one_in(2)) part.cache_control = {R"({"type":"ephemeral"})"};
  }

  Part text_part() {
    Part part;
    part.text = text();
    mark(part);
    return part;
  }
  Part image_part() {
    Part part;
    part.kind = chat::PartKind::kImage;
    part.url = {
        pick({"https://a.example/b.png", "data:image/png;base64,iVBORw0KGgo=", R"(https:\/\/a.example\/c.jpg)"})};
    if (one_in(3)) part.detail = {pick({"low", "high", "auto"})};
    mark(part);
    return part;
  }
  Part file_part() {
    Part part;
    part.kind = chat::PartKind::kFile;
    part.data = {"data:application/pdf;base64,JVBERi0="};
    part.filename = one_in(2) ? json::RawString{"a.pdf"} : json::RawString{};
    mark(part);
    return part;
  }
  Part sound_part() {
    Part part;
    part.kind = chat::PartKind::kAudio;
    part.data = {"UklGRg=="};
    part.format = {pick({"wav", "mp3"})};
    return part;
  }

  // `media`: besides texts.
  void say(Message& message, bool media) {
    message.has_content = true;
    if (one_in(2)) {
      message.content_is_text = true;
      Part part;
      if (!one_in(8)) part.text = text();
      message.parts.push_back(part);
      return;
    }
    for (uint32_t i = 0; i <= below(3); ++i) {
      if (media && kinds_.pictures && one_in(3)) {
        message.parts.push_back(one_in(2) ? image_part() : file_part());
      } else if (media && kinds_.sound && message.role == chat::Role::kUser && one_in(8)) {
        message.parts.push_back(sound_part());
      } else {
        message.parts.push_back(text_part());
      }
    }
  }

  RandomKinds kinds_;
  chat::Request* request_ = nullptr;  // It owns the texts.
};

}  // namespace onellm::test
