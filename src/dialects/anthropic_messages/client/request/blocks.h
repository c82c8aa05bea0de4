// Decodes the content blocks that may stand in any message and in the result of a tool: text, images, documents, search
// results, references to tools, and blocks that only this API has.
// https://docs.claude.com/en/api/messages
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "chat/request.h"
#include "dialects/common/client/field_reader.h"

namespace onellm::dialects::anthropic_messages {

// The complaint of a file that only Anthropic has.
inline constexpr std::string_view kFileOfAnthropic = "is a file of Anthropic, which this model cannot read";

class BlockDecoder {
 public:
  BlockDecoder(FieldReader& fields, chat::Request& request) : fields_(fields), request_(request) {}

  // Appends the parts of one block. `place` is its index in the client's content.
  void decode(json::Value& value, uint32_t place, std::vector<chat::Part>& parts);

  // Appends the content of a message or a result: a string or an array of such blocks. True if it was a string.
  bool decode_content(json::Value& value, std::vector<chat::Part>& parts);

 private:
  // Where the data of an image or a document is.
  struct Source {
    json::RawString type;
    json::RawString media_type;
    json::RawString data;
    json::RawString url;
    std::vector<chat::Part> content;
  };

  void decode_text(json::Value& value, chat::Part& part);
  void decode_image(json::Value& value, chat::Part& part);
  void decode_document(json::Value& value, uint32_t place, std::vector<chat::Part>& parts);
  void decode_search_result(json::Value& value, chat::Part& part);
  void decode_tool_reference(json::Value& value, chat::Part& part);
  void decode_foreign(json::Value& value, std::string_view name, chat::Part& part);
  // Reads what every block may have. False: the member is another one.
  bool take_common(json::RawString key, json::Value& member, chat::Part& part);
  [[nodiscard]] Source read_source(json::Value& value, uint32_t place);
  void check_source(const Source& source, bool has_data);
  // A document of texts, with pictures among them at most.
  void add_texts(chat::Part part, std::vector<json::RawString> texts, const Source& source,
                 std::vector<chat::Part>& parts);
  void read_texts(json::Value& value, std::vector<json::RawString>& texts);
  // The texts as lines of one.
  [[nodiscard]] json::RawString lines(const std::vector<json::RawString>& texts);

  FieldReader& fields_;
  chat::Request& request_;
};

// The name by which a block that others cannot have is reported: its type, if that is short.
[[nodiscard]] std::string_view name_of_block(json::RawString type);

}  // namespace onellm::dialects::anthropic_messages
