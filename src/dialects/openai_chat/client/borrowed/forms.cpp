#include "dialects/openai_chat/client/borrowed/forms.h"

#include "base/limits.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

namespace {

using json::key_is;

constexpr int kBlocksDepth = 2;  // The content of a message, and of a tool result in it.

class Rewriter {
 public:
  Result<OpenAiForm> rewrite(const json::Buffer& body) {
    form_.body.reserve(body.size() + body.size() / 8);
    json::Reader reader;
    if (reader.open(body)) {
      json::ObjectWriter object(form_.body);
      reader.root().each_member([&](json::RawString key, json::Value& value) {
        has_parallel_ = has_parallel_ || key_is(key, "parallel_tool_calls");
        if (goes_on()) write_member(key, value, object);
      });
      if (one_call_ && !has_parallel_) object.add("parallel_tool_calls", false);
    }
    if (has_too_many_) {
      return Error{.kind = ErrorKind::kBadRequest,
                   .message = "The request has a message or a tool of too many parts for this gateway."};
    }
    if (is_too_large()) {
      return Error{.kind = ErrorKind::kBodyTooLarge,
                   .message = "The request body is too large once it is written in OpenAI's form."};
    }
    return std::move(form_);
  }

 private:
  [[nodiscard]] bool is_too_large() const { return form_.body.size() > kBodyBytesMaxCeiling; }

  [[nodiscard]] bool goes_on() const { return !is_too_large() && !has_too_many_; }

  // Calls `read` for one value, with room for kBorrowedValuesMax values. Notes if that was too little.
  template <typename Read>
  auto listed(Read read) {
    size_t room = kBorrowedValuesMax;
    auto list = read(room);
    has_too_many_ = has_too_many_ || room == 0;
    return list;
  }
  std::vector<RawMember> members_of(json::Value& value) {
    return listed([&value](size_t& room) { return read_raw_members(value, room); });
  }

  void write_member(json::RawString key, json::Value& value, json::ObjectWriter& object) {
    const json::Type type = value.type();
    if (type == json::Type::kArray && key_is(key, "messages")) {
      json::ArrayWriter messages(object.begin(key.text));
      MessageForms forms(messages, form_.failed_results);
      value.each_element([&](size_t /*index*/, json::Value& message) {
        if (!goes_on()) return;
        forms.add(listed([&message](size_t& room) { return read_block(message, kBlocksDepth, room); }));
      });
    } else if (type == json::Type::kArray && key_is(key, "tools")) {
      json::ArrayWriter tools(object.begin(key.text));
      value.each_element([&](size_t /*index*/, json::Value& tool) {
        if (tool.type() != json::Type::kObject) {
          tools.next() += tool.raw().text;
        } else if (goes_on()) {
          write_tool_form(members_of(tool), tools.next());
        }
      });
    } else if (type == json::Type::kObject && key_is(key, "tool_choice")) {
      one_call_ = write_choice_form(members_of(value), object.begin(key.text));
    } else {
      object.add(key.text, value.raw());
    }
  }

  OpenAiForm form_;
  bool one_call_ = false;
  bool has_parallel_ = false;
  bool has_too_many_ = false;  // One message or tool has too many values.
};

}  // namespace

Result<OpenAiForm> to_openai_form(const json::Buffer& body) { return Rewriter().rewrite(body); }

}  // namespace onellm::dialects::openai_chat
