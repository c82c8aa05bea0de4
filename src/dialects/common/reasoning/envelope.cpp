#include "dialects/common/reasoning/envelope.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/limits.h"
#include "dialects/common/media/base64.h"
#include "json/reader.h"
#include "json/writer.h"

namespace onellm::dialects {

namespace {

using json::key_is;

constexpr std::string_view kMark = "onellm1.";

struct KindRow {
  EnvelopeKind kind;
  std::string_view word;
};
constexpr KindRow kKinds[] = {
    {EnvelopeKind::kThinking, "thinking"}, {EnvelopeKind::kRedacted, "redacted"},   {EnvelopeKind::kCall, "call"},
    {EnvelopeKind::kText, "text"},         {EnvelopeKind::kReasoning, "reasoning"}, {EnvelopeKind::kPlain, "plain"},
};

// A member that a payload may have.
struct MemberRow {
  EnvelopeKind kind;
  std::string_view key;
  bool required = true;
  std::string_view value = {};  // The only value it may have; empty: any text.
  bool is_summary = false;      // A list of summary texts instead of a text.
};
constexpr MemberRow kMembers[] = {
    {.kind = EnvelopeKind::kThinking, .key = "type", .required = false, .value = "thinking"},
    {.kind = EnvelopeKind::kThinking, .key = "thinking"},
    {.kind = EnvelopeKind::kThinking, .key = "signature"},
    {.kind = EnvelopeKind::kRedacted, .key = "type", .required = false, .value = "redacted_thinking"},
    {.kind = EnvelopeKind::kRedacted, .key = "data"},
    {.kind = EnvelopeKind::kCall, .key = "thoughtSignature"},
    {.kind = EnvelopeKind::kCall, .key = "of", .required = false, .value = "call before"},
    {.kind = EnvelopeKind::kText, .key = "thoughtSignature"},
    {.kind = EnvelopeKind::kReasoning, .key = "type", .required = false, .value = "reasoning"},
    {.kind = EnvelopeKind::kReasoning, .key = "id"},
    {.kind = EnvelopeKind::kReasoning, .key = "summary", .required = false, .is_summary = true},
    {.kind = EnvelopeKind::kReasoning, .key = "encrypted_content"},
};

// Checks one document. Every object of it is read by members(), so no key is given twice and nothing nests too deep.
class Opener {
 public:
  std::optional<Envelope> open(const json::Buffer& text) {
    json::Reader reader;
    if (!reader.open(text)) return std::nullopt;
    json::Value root = reader.root();
    members(root, [this](json::RawString key, json::Value& value) { take(key, value); });
    if (!reader.finish() || !valid_ || !kind_ || !has_provider_ || !has_model_ || payload_.empty()) return std::nullopt;
    envelope_.kind = *kind_;
    envelope_.payload = whole_payload();
    if (!is_payload()) return std::nullopt;
    return std::move(envelope_);
  }

 private:
  template <typename F>
  void members(json::Value& value, const F& take_member) {
    std::vector<json::RawString> seen;
    const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
      // No key of an envelope needs escapes, so equal keys are equal bytes.
      const bool is_plain = key.text.find('\\') == std::string_view::npos;
      const bool is_new = std::find(seen.begin(), seen.end(), key) == seen.end();
      valid_ = valid_ && is_plain && is_new && seen.size() < std::size(kMembers);
      if (!valid_) return;
      seen.push_back(key);
      take_member(key, member);
    });
    valid_ = valid_ && is_object;
  }

  void take(json::RawString key, json::Value& value) {
    json::RawString text;
    if (key_is(key, "v")) {
      payload_ = value.raw();
      return;
    }
    valid_ = value.read(text);
    if (key_is(key, "p")) {
      has_provider_ = true;
      envelope_.provider = json::unescape(text);
    } else if (key_is(key, "m")) {
      has_model_ = true;
      envelope_.model = json::unescape(text);
    } else if (key_is(key, "k")) {
      for (const KindRow& row : kKinds) {
        if (key_is(text, row.word)) kind_ = row.kind;
      }
    } else {
      valid_ = false;
    }
  }

  // A signature may stand alone, without an object around it, and nothing may be null.
  [[nodiscard]] std::string whole_payload() const {
    const bool is_signature = kind_ == EnvelopeKind::kCall || kind_ == EnvelopeKind::kText;
    if (is_signature && payload_.text.starts_with('"')) {
      return R"({"thoughtSignature":)" + std::string(payload_.text) + "}";
    }
    if (kind_ == EnvelopeKind::kPlain && payload_.text == "null") return "{}";
    return std::string(payload_.text);
  }

  bool is_payload() {
    const json::Buffer text(envelope_.payload);
    json::Reader reader;
    if (!reader.open(text)) return false;
    size_t required = 0;
    json::Value root = reader.root();
    members(root, [&](json::RawString key, json::Value& value) {
      const auto* const row = std::find_if(std::begin(kMembers), std::end(kMembers), [&](const MemberRow& member) {
        return member.kind == envelope_.kind && member.key == key.text;
      });
      valid_ = row != std::end(kMembers) && (row->is_summary ? take_summary(value) : is_text(value, row->value));
      if (valid_ && row->required) ++required;
    });
    const auto wanted = std::count_if(std::begin(kMembers), std::end(kMembers), [&](const MemberRow& member) {
      return member.kind == envelope_.kind && member.required;
    });
    return reader.finish() && valid_ && required == static_cast<size_t>(wanted);
  }

  bool take_summary(json::Value& value) {
    const bool is_array = value.each_element([this](size_t, json::Value& element) {
      bool has_text = false;
      if (!valid_) return;
      members(element, [&](json::RawString key, json::Value& member) {
        has_text = has_text || key_is(key, "text");
        valid_ = key_is(key, "type") ? is_text(member, "summary_text") : key_is(key, "text") && is_text(member, {});
      });
      valid_ = valid_ && has_text;
    });
    return is_array && valid_;
  }

  static bool is_text(json::Value& value, std::string_view wanted) {
    json::RawString text;
    return value.read(text) && (wanted.empty() || key_is(text, wanted));
  }

  Envelope envelope_;
  bool valid_ = true;
  bool has_provider_ = false;
  bool has_model_ = false;
  std::optional<EnvelopeKind> kind_;
  json::Raw payload_;
};

// True if no part of the text nests deeper than kEnvelopeDepthMax. The text need not be JSON.
bool is_shallow(std::string_view text) {
  size_t depth = 0;
  bool in_string = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string && c == '\\') ++at;
    if (c == '"') in_string = !in_string;
    if (in_string) continue;
    if ((c == '{' || c == '[') && ++depth > kEnvelopeDepthMax) return false;
    if ((c == '}' || c == ']') && depth > 0) --depth;
  }
  return true;
}

}  // namespace

std::string seal_envelope(EnvelopeKind kind, std::string_view provider, std::string_view model, json::Raw payload) {
  if (payload.text.size() > kEnvelopeBytesMax) return {};
  std::string inside;
  {
    json::ObjectWriter object(inside);
    object.add_plain("p", provider);
    object.add_plain("m", model);
    for (const KindRow& row : kKinds) {
      if (row.kind == kind) object.add("k", json::RawString{row.word});
    }
    object.add("v", payload);
  }
  std::string text(kMark);
  encode_base64url_to(text, inside);
  return text.size() > kEnvelopeBytesMax ? std::string() : text;
}

bool is_envelope(std::string_view text) { return text.starts_with(kMark); }

std::optional<Envelope> open_envelope(std::string_view text) {
  if (!is_envelope(text) || text.size() > kEnvelopeBytesMax) return std::nullopt;
  text.remove_prefix(kMark.size());
  if (!is_base64url(text)) return std::nullopt;
  const std::optional<std::string> inside = decode_base64(text);
  if (!inside || !is_shallow(*inside)) return std::nullopt;
  return Opener().open(json::Buffer(*inside));
}

}  // namespace onellm::dialects
