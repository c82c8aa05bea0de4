// Reads the fields of a client's request and keeps the first complaint about one, with the path to it:
// "messages[2].content[0].text must be a string, not a number."
//
// Built on json::Reader's one pass. The path is kept by the walk itself, so that whoever reads a field
// need not know where it stands. Members that are null are skipped: in OpenAI's format null is absent.
// After a complaint nothing more is handed out; the walk only runs on to see whether the rest is JSON.
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

namespace onellm::dialects::openai_chat {

class FieldReader {
 public:
  using OnMember = FunctionRef<void(json::RawString key, json::Value& value)>;
  using OnElement = FunctionRef<void(json::Value& value)>;

  FieldReader() { path_.reserve(16); }

  // --- containers: complain of a value that is none ---
  // Calls for every member, null or not.
  void all_members(json::Value& value, OnMember on_member);
  // Calls for every member that is not null.
  void members(json::Value& value, OnMember on_member);
  // Calls for every element. All arrays of a request share kRequestElementsMax.
  void elements(json::Value& value, OnElement on_element);

  // --- values: `out` is untouched where they complain ---
  void text(json::Value& value, json::RawString& out);
  void text_not_empty(json::Value& value, json::RawString& out);
  void boolean(json::Value& value, bool& out);
  void boolean(json::Value& value, std::optional<bool>& out);
  void integer(json::Value& value, int64_t least, int64_t most, int64_t& out);
  void object(json::Value& value, json::Raw& out);
  // These complain of another type, and only note a value that is out of range.
  void ranged_integer(json::Value& value, int64_t least, int64_t most);
  void ranged_number(json::Value& value, double least, double most);

  // --- complaints; only the first is kept ---
  // Of the field where the walk stands: "<path> <complaint>.", as in "must be a string".
  void complain(std::string_view complaint);
  // Of a member of the object where the walk stands.
  void complain_of(std::string_view key, std::string_view complaint);
  // That member must have been there.
  void require(bool present, std::string_view key);

  // No complaint, but what chat::Request calls so: `complaint` is for a target that needs it otherwise.
  void note_unusual(std::string_view complaint);
  void note_out_of_range(std::string_view complaint);
  // The first ones, if there were any.
  [[nodiscard]] std::optional<Error> take_unusual() { return std::exchange(unusual_, std::nullopt); }
  [[nodiscard]] std::optional<Error> take_out_of_range() { return std::exchange(out_of_range_, std::nullopt); }

  // No complaint: the value where the walk stands is a type that OpenAI does not document. The first is kept.
  void note_foreign_type();
  // Where that one stands; empty: there is none.
  [[nodiscard]] const std::string& foreign_type() const { return foreign_type_; }

  // No complaint: what was read has the form of another API (client/borrowed/forms.h).
  void note_borrowed_form() { has_borrowed_form_ = true; }
  [[nodiscard]] bool has_borrowed_form() const { return has_borrowed_form_; }

  [[nodiscard]] bool complained() const { return error_.has_value(); }
  // The complaint, a kBadRequest. Requires that there is one.
  [[nodiscard]] Error error();

 private:
  struct Step {
    std::string_view key;  // As it stands in the text; of an element, empty.
    size_t index = 0;
    bool is_element = false;
  };

  // Complains that the value is of another type than `wanted` ("a string").
  void complain_of_type(json::Type got, std::string_view wanted);
  [[nodiscard]] std::string path() const;
  [[nodiscard]] Error error_of(std::string_view complaint) const;

  std::vector<Step> path_;
  size_t elements_seen_ = 0;
  std::optional<Error> error_;
  std::optional<Error> unusual_;
  std::optional<Error> out_of_range_;
  std::string foreign_type_;
  bool has_borrowed_form_ = false;
};

}  // namespace onellm::dialects::openai_chat
