// Reads the fields of a client's request and keeps the first complaint (error) with the path to its field:
// "messages[2].content[0].text must be a string, not a number."
//
// Anthropic's clients read other words: "messages.2.content.0.text: must be a string, not a number."
//
// Depends on json::Reader's one pass. The reader keeps the current path itself, so decoders need not know where a field
// is. Null members are skipped: in the formats of clients null means absent.
// Rule: After a complaint no callback is called any more; the rest is only checked to be JSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/function_ref.h"
#include "json/reader.h"

namespace onellm::dialects {

class FieldReader {
 public:
  using OnMember = FunctionRef<void(json::RawString key, json::Value& value)>;
  using OnElement = FunctionRef<void(json::Value& value)>;

  // How paths and complaints are written.
  struct Words {
    bool has_brackets = true;  // `a[0].b`, else `a.0.b`
    std::string_view after_path = " ";
    std::string_view required = "is required";
  };

  FieldReader() : FieldReader(Words{}) {}
  explicit FieldReader(Words words) : words_(words) { path_.reserve(16); }

  // --- containers: they complain if the value is of another type ---
  // Calls for every member, null or not.
  void all_members(json::Value& value, OnMember on_member);
  // Calls for every member that is not null.
  void members(json::Value& value, OnMember on_member);
  // Calls for every element. All arrays of a request share kRequestElementsMax.
  void elements(json::Value& value, OnElement on_element);

  // --- values: on a complaint `out` is unchanged ---
  void text(json::Value& value, json::RawString& out);
  void text_not_empty(json::Value& value, json::RawString& out);
  void boolean(json::Value& value, bool& out);
  void boolean(json::Value& value, std::optional<bool>& out);
  void integer(json::Value& value, int64_t least, int64_t most, int64_t& out);
  void object(json::Value& value, json::Raw& out);
  // They complain about another type, but only note a value that is out of range.
  void ranged_integer(json::Value& value, int64_t least, int64_t most);
  void ranged_number(json::Value& value, double least, double most);

  // --- complaints; only the first is kept ---
  // About the current field: "<path> <complaint>.", with a complaint such as "must be a string".
  void complain(std::string_view complaint);
  // About a member of the current object.
  void complain_of(std::string_view key, std::string_view complaint);
  // Complains that the member is required, unless `present`.
  void require(bool present, std::string_view key);

  // No complaint: only kept for chat::Source::unusual or out_of_range. Targets that do not accept it return it as
  // error.
  void note_unusual(std::string_view complaint);
  void note_out_of_range(std::string_view complaint);
  // The first note of each kind, if any.
  [[nodiscard]] std::optional<Error> take_unusual() { return std::exchange(unusual_, std::nullopt); }
  [[nodiscard]] std::optional<Error> take_out_of_range() { return std::exchange(out_of_range_, std::nullopt); }

  // No complaint: the current value is a type that OpenAI does not document. Only the first is kept.
  void note_foreign_type();
  // Path of the first such type; empty: none.
  [[nodiscard]] const std::string& foreign_type() const { return foreign_type_; }

  // No complaint: the request uses the form of another API (client/borrowed/forms.h).
  void note_borrowed_form() { has_borrowed_form_ = true; }
  [[nodiscard]] bool has_borrowed_form() const { return has_borrowed_form_; }

  [[nodiscard]] bool complained() const { return error_.has_value(); }
  // The complaint, a kBadRequest. Requires that there is one.
  [[nodiscard]] Error error();

 private:
  struct Step {
    std::string_view key;  // As written in the text; empty for an element.
    size_t index = 0;
    bool is_element = false;
  };

  // Complains that the value has not the type `wanted` ("a string").
  void complain_of_type(json::Type got, std::string_view wanted);
  [[nodiscard]] std::string path() const;
  [[nodiscard]] Error error_of(std::string_view complaint) const;

  Words words_;
  std::vector<Step> path_;
  size_t elements_seen_ = 0;
  std::optional<Error> error_;
  std::optional<Error> unusual_;
  std::optional<Error> out_of_range_;
  std::string foreign_type_;
  bool has_borrowed_form_ = false;
};

}  // namespace onellm::dialects
