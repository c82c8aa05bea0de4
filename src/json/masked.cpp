#include "json/masked.h"

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "json/reader.h"

namespace onellm::json {

namespace {

// Replaces a number, true, false or null that has to be hidden.
constexpr std::string_view kMaskedScalar = "\"***\"";

// Masks one text and all JSON nested in it.
class Masker {
 public:
  explicit Masker(MaskText mask) : mask_(mask) {}

  // Masks any text.
  std::string text(std::string_view text);
  // Masks a whole JSON text. Nothing if it is not valid JSON or nests too deeply.
  std::optional<std::string> document(std::string_view text);

 private:
  // Replaces the bytes [begin, end) of a document.
  struct Edit {
    size_t begin;
    size_t end;
    std::string replacement;
  };
  struct Document {
    std::string_view text;
    std::vector<Edit> edits = {};  // In order.
    bool too_deep = false;
  };

  // `name` is the name of the innermost member around `value`, if any. Elements of an array get the name of the array.
  void take_value(Value& value, std::string_view name, Document& in);
  void take_member(RawString key, Value& member, Document& in);
  void take_element(std::string_view name, Value& element, Document& in);
  void take_string(RawString raw, Document& in);
  void take_scalar(Raw raw, Document& in);
  void note_read(std::string_view more);

  const MaskText mask_;
  std::string before_;
  size_t depth_ = 0;  // Of all nested documents together: all their walks are on the stack.
};

std::string Masker::text(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin != text.npos && (text[begin] == '{' || text[begin] == '[')) {
    const std::string before = before_;
    if (std::optional<std::string> masked = document(text)) return *std::move(masked);
    before_ = before;
  }
  std::string masked = mask_(text, before_);
  note_read(text);
  return masked;
}

std::optional<std::string> Masker::document(std::string_view text) {
  const Buffer buffer(text);
  Reader reader;
  if (!reader.open(buffer)) return std::nullopt;
  Document read{.text = buffer.text()};
  Value root = reader.root();
  take_value(root, {}, read);
  if (!reader.finish() || read.too_deep) return std::nullopt;

  std::string out;
  size_t done = 0;
  for (const Edit& edit : read.edits) {
    out.append(read.text.substr(done, edit.begin - done)).append(edit.replacement);
    done = edit.end;
  }
  return out.append(read.text.substr(done));
}

void Masker::take_value(Value& value, std::string_view name, Document& in) {
  const Type type = value.type();
  if (type == Type::kString) {
    RawString raw;
    if (value.read(raw)) take_string(raw, in);
    return;
  }
  if (type != Type::kObject && type != Type::kArray) return take_scalar(value.raw(), in);
  if (depth_ == kJsonDepthMax) {
    in.too_deep = true;
    return;
  }
  ++depth_;
  if (type == Type::kObject) {
    note_read("{");  // So that a member's name is not read as the value of the member around it.
    value.each_member([&](RawString key, Value& member) { take_member(key, member, in); });
  } else {
    value.each_element([&](size_t, Value& element) { take_element(name, element, in); });
  }
  --depth_;
}

void Masker::take_member(RawString key, Value& member, Document& in) {
  take_string(key, in);
  note_read(":");
  const std::string name = unescape(key);
  take_value(member, name, in);
  note_read(",");
}

void Masker::take_element(std::string_view name, Value& element, Document& in) {
  if (!name.empty()) {
    note_read(name);
    note_read(":");
  }
  take_value(element, name, in);
  note_read(",");
}

void Masker::take_string(RawString raw, Document& in) {
  const std::string plain = unescape(raw);
  const std::string masked = text(plain);
  if (masked == plain) return;
  const auto begin = static_cast<size_t>(raw.text.data() - in.text.data());
  in.edits.push_back({begin, begin + raw.text.size(), escape(masked)});
}

void Masker::take_scalar(Raw raw, Document& in) {
  if (raw.empty()) return;  // The document is malformed.
  if (mask_(raw.text, before_) != raw.text) {
    const auto begin = static_cast<size_t>(raw.text.data() - in.text.data());
    in.edits.push_back({begin, begin + raw.text.size(), std::string(kMaskedScalar)});
  }
  note_read(raw.text);
}

void Masker::note_read(std::string_view more) {
  before_ += more.substr(more.size() < kMaskContextBytes ? 0 : more.size() - kMaskContextBytes);
  if (before_.size() > 2 * kMaskContextBytes) before_.erase(0, before_.size() - kMaskContextBytes);
}

}  // namespace

std::string masked_text(std::string_view text, MaskText mask) { return Masker(mask).text(text); }

std::string masked_members(RawMembers members, MaskText mask) {
  if (members.empty()) return {};
  const std::string object = "{" + std::string(members.text) + "}";
  const std::optional<std::string> masked = Masker(mask).document(object);
  return masked ? masked->substr(1, masked->size() - 2) : std::string();
}

}  // namespace onellm::json
