#include "chat/token_estimate.h"

#include <array>
#include <string>

namespace onellm::chat {

namespace {

// Costs are in thousandths of a token.
constexpr uint64_t kToken = 1000;

// Kinds of characters. A character is classified by its first byte alone; the other bytes of UTF-8 are kRest.
enum class Kind : uint8_t {
  kNone,    // The beginning of the text.
  kLower,   // a to z
  kUpper,   // A to Z
  kAccent,  // Latin letters that are not ASCII
  kDigit,
  kSpace,
  kLine,    // Line ends and tabs
  kMark,    // Other ASCII
  kSymbol,  // U+0080 to U+00BF and U+2000 to U+2FFF: quotes, dashes, arrows, frames
  kScript,  // Greek, Cyrillic, Arabic and others: several letters a token
  kWide,    // Chinese, Japanese, Korean: about one token a character
  kEmoji,   // Beyond U+FFFF
  kRest,
};

constexpr Kind kind_of_byte(unsigned byte) {
  if (byte >= 'a' && byte <= 'z') return Kind::kLower;
  if (byte >= 'A' && byte <= 'Z') return Kind::kUpper;
  if (byte >= '0' && byte <= '9') return Kind::kDigit;
  if (byte == ' ') return Kind::kSpace;
  if (byte == '\n' || byte == '\r' || byte == '\t') return Kind::kLine;
  if (byte < 0x80) return Kind::kMark;
  if (byte < 0xC0) return Kind::kRest;
  if (byte <= 0xC2 || byte == 0xE2) return Kind::kSymbol;
  if (byte <= 0xC9) return Kind::kAccent;
  if (byte <= 0xE1) return Kind::kScript;
  return byte < 0xF0 ? Kind::kWide : Kind::kEmoji;
}

constexpr std::array<Kind, 256> kKinds = [] {
  std::array<Kind, 256> kinds{};
  for (unsigned byte = 0; byte < kinds.size(); ++byte) kinds[byte] = kind_of_byte(byte);
  return kinds;
}();

Kind kind_of(unsigned char byte) { return kKinds[byte]; }

bool is_letter(Kind kind) { return kind == Kind::kLower || kind == Kind::kUpper; }

// One token for the first `free` characters of a run, then one more for each `thousandths_each`.
uint64_t cost_beyond(uint64_t length, uint64_t free, uint64_t thousandths_each) {
  return kToken + (length > free ? (length - free) * thousandths_each : 0);
}

uint64_t cost_of_marks(uint64_t length) {
  constexpr uint64_t kOrdinary = 16;  // A longer run is a rule of equal signs: long pieces of it are one token.
  constexpr uint64_t kOfRule = 16;
  if (length <= kOrdinary) return cost_beyond(length, 2, 200);
  return cost_of_marks(kOrdinary) + (length - kOrdinary) * kOfRule;
}

uint64_t cost_of_run(Kind kind, uint64_t length) {
  switch (kind) {
    case Kind::kLower: return cost_beyond(length, 7, 280);
    case Kind::kUpper: return cost_beyond(length, 3, 385);
    case Kind::kDigit: return (length + 2) / 3 * kToken;
    case Kind::kSpace: return length == 1 ? 0 : cost_beyond(length, 0, 16);  // One space belongs to the word after it.
    case Kind::kLine: return kToken;
    case Kind::kMark: return cost_of_marks(length);
    case Kind::kSymbol: return length * kToken;
    case Kind::kScript: return length * 420;
    case Kind::kWide: return length * 880;
    case Kind::kEmoji: return length * 2200;
    case Kind::kAccent:
    case Kind::kNone:
    case Kind::kRest: return 0;
  }
  __builtin_unreachable();
}

class Counter {
 public:
  void take(Kind kind) {
    if (kind == kind_) {
      ++length_;
    } else if (kind != Kind::kRest) {
      change_to(kind);
    }
  }

  [[nodiscard]] int64_t tokens() const {
    // On top of the fit, so that hardly any text is counted too low.
    constexpr uint64_t kMarginPercent = 10;
    const uint64_t cost = (cost_ + cost_of_run(kind_, length_)) * (100 + kMarginPercent) / 100;
    const auto tokens = static_cast<int64_t>((cost + kToken - 1) / kToken);
    return tokens == 0 && kind_ != Kind::kNone ? 1 : tokens;
  }

 private:
  void change_to(Kind kind) {
    constexpr uint64_t kOfAccent = 500;   // Tokenizers know fewer long words with such letters.
    constexpr uint64_t kOfMixture = 450;  // Letters and digits without a space: random text, as in base64.
    if (kind == Kind::kAccent) {
      cost_ += kOfAccent;
      if (is_letter(kind_)) {
        ++length_;
        return;
      }
      kind = Kind::kLower;
    }
    if (kind == Kind::kLower && kind_ == Kind::kUpper && length_ == 1) {  // A word with a capital.
      kind_ = kind;
      ++length_;
      return;
    }
    cost_ += cost_of_run(kind_, length_);
    if (kind == Kind::kDigit && kind_ == Kind::kSpace && length_ == 1) cost_ += kToken;  // Numbers take no space along.
    const bool is_mixed =
        is_letter(kind) ? kind_ == Kind::kDigit || kind_ == Kind::kUpper : kind == Kind::kDigit && is_letter(kind_);
    if (is_mixed) cost_ += kOfMixture;
    kind_ = kind;
    length_ = 1;
  }

  uint64_t cost_ = 0;  // Of the runs before this one.
  Kind kind_ = Kind::kNone;
  uint64_t length_ = 0;
};

// The kind of a code point that is written as `\uXXXX`; kRest for the second half of a pair.
Kind kind_of_escaped(std::string_view digits) {
  unsigned point = 0;
  for (const char digit : digits.substr(0, 4)) {
    const auto lower = static_cast<unsigned>(digit | 0x20);
    point = point * 16 + (lower >= 'a' ? lower - 'a' + 10 : lower - '0');
  }
  if (point < 0x80) return kind_of(static_cast<unsigned char>(point));
  if (point < 0x800) return kind_of(static_cast<unsigned char>(0xC0 | (point >> 6)));
  if (point >= 0xDC00 && point < 0xE000) return Kind::kRest;
  return point >= 0xD800 && point < 0xDC00 ? Kind::kEmoji : kind_of(static_cast<unsigned char>(0xE0 | (point >> 12)));
}

// `after` is the text after the backslash. Sets how many bytes of it the escape has.
Kind read_escape(std::string_view after, size_t& bytes) {
  bytes = 1;
  switch (after.empty() ? '\\' : after.front()) {
    case 'n':
    case 'r':
    case 't': return Kind::kLine;
    case 'u': bytes = 5; return kind_of_escaped(after.substr(1));
    default: return Kind::kMark;
  }
}

// Sums up the parts of a request.
class RequestCounter {
 public:
  void add(json::RawString text) { tokens_ += estimate_tokens(text); }
  void add(std::string_view text) { tokens_ += estimate_tokens(text); }
  void add(int64_t tokens) { tokens_ += tokens; }
  [[nodiscard]] int64_t tokens() const { return tokens_; }

  void add(const Part& part) {
    constexpr int64_t kOfImage = 1500;
    constexpr int64_t kOfDocument = 3000;
    switch (part.kind) {
      case PartKind::kText:
      case PartKind::kRefusal: return add(part.text);
      case PartKind::kImage:
      case PartKind::kAudio: return add(kOfImage);
      case PartKind::kFile: return add(kOfDocument);
      case PartKind::kForeign: return add(part.raw.text);
    }
  }

  void add(const ToolCall& call) {
    add(call.name);
    add(call.arguments);
    add(call.arguments_object.text);
  }

  void add(const Message& message) {
    constexpr int64_t kOfMessage = 4;
    add(kOfMessage);
    for (const Part& part : message.parts) add(part);
    for (const ToolCall& call : message.tool_calls) add(call);
    if (message.function_call) add(*message.function_call);
    add(message.refusal);
    add(message.reasoning);
    for (const ThinkingBlock& block : message.thinking_blocks) {
      if (!block.redacted) add(block.text);
    }
  }

  void add(const Tool& tool) {
    constexpr int64_t kOfTool = 12;
    add(kOfTool);
    add(tool.name);
    add(tool.description);
    add(tool.parameters.text);
    add(tool.format.text);
  }

 private:
  int64_t tokens_ = 0;
};

}  // namespace

int64_t estimate_tokens(std::string_view text) {
  Counter counter;
  for (const char byte : text) counter.take(kind_of(static_cast<unsigned char>(byte)));
  return counter.tokens();
}

int64_t estimate_tokens(json::RawString text) {
  Counter counter;
  const std::string_view raw = text.text;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\') {
      counter.take(kind_of(static_cast<unsigned char>(raw[i])));
      continue;
    }
    size_t bytes = 0;
    counter.take(read_escape(raw.substr(i + 1), bytes));
    i += bytes;
  }
  return counter.tokens();
}

int64_t estimate_tokens(const Request& request) {
  RequestCounter counter;
  for (const Message& message : request.messages) counter.add(message);
  for (const Tool& tool : request.tools) counter.add(tool);
  for (const Tool& function : request.functions) counter.add(function);
  counter.add(request.response_format.schema.text);
  return counter.tokens();
}

}  // namespace onellm::chat
