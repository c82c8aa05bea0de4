#include "json/object_scanner.h"

#include "json/grammar.h"

namespace onellm::json {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20; }

}  // namespace

void ObjectScanner::push(std::string_view bytes) {
  for (size_t at = 0; at < bytes.size() && place_ != Place::kBroken; ++at) {
    if (place_ == Place::kString) {
      while (at < bytes.size() && bytes[at] != '"' && bytes[at] != '\\' && !is_control(bytes[at])) ++at;
      if (at == bytes.size()) return;
    }
    step(bytes[at]);
  }
}

void ObjectScanner::append_end(std::string_view member, std::string& out) const {
  const bool awaits_member = depth_ == 1 && (place_ == Place::kKeyOrEnd || place_ == Place::kKey);
  if (!awaits_member) append_end_of_value(out);
  for (size_t depth = depth_; depth > 1; --depth) out += objects_[depth] ? '}' : ']';
  if (!awaits_member) out += ',';
  out.append(member) += '}';
}

// What is missing until a value may follow, or the end of its container.
void ObjectScanner::append_end_of_value(std::string& out) const {
  constexpr std::string_view kNoValue = ":null";
  switch (place_) {
    case Place::kHex: out.append(hex_left_, '0'); [[fallthrough]];
    case Place::kString:
      out += '"';
      if (is_key_) out += kNoValue;
      return;
    case Place::kEscape:
      out += "\\\"";
      if (is_key_) out += kNoValue;
      return;
    case Place::kKey: out.append("\"\"").append(kNoValue); return;
    case Place::kColon: out += kNoValue; return;
    case Place::kValue: out += kNoValue.substr(1); return;
    case Place::kLiteral: out += literal_; return;
    case Place::kMinus:
    case Place::kPoint:
    case Place::kExponent:
    case Place::kExponentSign: out += '0'; return;
    case Place::kStart:
    case Place::kKeyOrEnd:
    case Place::kValueOrEnd:
    case Place::kCommaOrEnd:
    case Place::kZero:
    case Place::kDigits:
    case Place::kFraction:
    case Place::kExponentDigits:
    case Place::kEnd:
    case Place::kBroken: return;
  }
}

void ObjectScanner::step(char c) {
  switch (place_) {
    case Place::kString:
    case Place::kEscape:
    case Place::kHex: return step_in_string(c);
    case Place::kMinus:
    case Place::kZero:
    case Place::kDigits:
    case Place::kPoint:
    case Place::kFraction:
    case Place::kExponent:
    case Place::kExponentSign:
    case Place::kExponentDigits: return step_in_number(c);
    case Place::kLiteral:
      if (c != literal_.front()) break;
      literal_.remove_prefix(1);
      if (literal_.empty()) place_ = Place::kCommaOrEnd;
      return;
    case Place::kStart:
      if (is_space(c)) return;
      if (c != '{') break;
      return open(true);
    case Place::kKeyOrEnd:
      if (c == '}') return close(true);
      [[fallthrough]];
    case Place::kKey:
      if (is_space(c)) return;
      if (c != '"') break;
      is_key_ = true;
      place_ = Place::kString;
      return;
    case Place::kColon:
      if (is_space(c)) return;
      if (c != ':') break;
      place_ = Place::kValue;
      return;
    case Place::kValueOrEnd:
      if (c == ']') return close(false);
      [[fallthrough]];
    case Place::kValue: return begin_value(c);
    case Place::kCommaOrEnd: return after_value(c);
    case Place::kEnd:
      if (is_space(c)) return;
      break;
    case Place::kBroken: break;
  }
  place_ = Place::kBroken;
}

void ObjectScanner::begin_value(char c) {
  if (is_space(c)) return;
  switch (c) {
    case '{': return open(true);
    case '[': return open(false);
    case '"':
      is_key_ = false;
      place_ = Place::kString;
      return;
    case 't': literal_ = "rue"; break;
    case 'f': literal_ = "alse"; break;
    case 'n': literal_ = "ull"; break;
    case '-': place_ = Place::kMinus; return;
    case '0': place_ = Place::kZero; return;
    default: place_ = is_digit(c) ? Place::kDigits : Place::kBroken; return;
  }
  place_ = Place::kLiteral;
}

void ObjectScanner::step_in_string(char c) {
  if (place_ == Place::kHex) {
    const bool is_last = --hex_left_ == 0;
    place_ = !is_hex(c) ? Place::kBroken : is_last ? Place::kString : Place::kHex;
  } else if (place_ == Place::kEscape) {
    hex_left_ = 4;
    const bool is_short = std::string_view(R"("\/bfnrt)").find(c) != std::string_view::npos;
    place_ = c == 'u' ? Place::kHex : is_short ? Place::kString : Place::kBroken;
  } else if (c == '"') {
    place_ = is_key_ ? Place::kColon : Place::kCommaOrEnd;
  } else {
    place_ = c == '\\' ? Place::kEscape : is_control(c) ? Place::kBroken : Place::kString;
  }
}

void ObjectScanner::step_in_number(char c) {
  const bool may_end = place_ == Place::kZero || place_ == Place::kDigits || place_ == Place::kFraction ||
                       place_ == Place::kExponentDigits;
  const bool is_integer = place_ == Place::kZero || place_ == Place::kDigits;
  if (is_digit(c) && place_ != Place::kZero) {
    if (place_ == Place::kMinus) place_ = c == '0' ? Place::kZero : Place::kDigits;
    if (place_ == Place::kPoint) place_ = Place::kFraction;
    if (place_ == Place::kExponent || place_ == Place::kExponentSign) place_ = Place::kExponentDigits;
  } else if (c == '.' && is_integer) {
    place_ = Place::kPoint;
  } else if ((c == 'e' || c == 'E') && (is_integer || place_ == Place::kFraction)) {
    place_ = Place::kExponent;
  } else if ((c == '+' || c == '-') && place_ == Place::kExponent) {
    place_ = Place::kExponentSign;
  } else if (may_end) {
    after_value(c);
  } else {
    place_ = Place::kBroken;
  }
}

// `c` stands after a value; a number ends only there.
void ObjectScanner::after_value(char c) {
  place_ = Place::kCommaOrEnd;
  if (is_space(c)) return;
  if (c == '}' || c == ']') return close(c == '}');
  place_ = c != ',' ? Place::kBroken : objects_[depth_] ? Place::kKey : Place::kValue;
}

void ObjectScanner::open(bool is_object) {
  if (depth_ == kJsonDepthMax) {
    place_ = Place::kBroken;
    return;
  }
  objects_[++depth_] = is_object;
  place_ = is_object ? Place::kKeyOrEnd : Place::kValueOrEnd;
}

void ObjectScanner::close(bool is_object) {
  if (objects_[depth_] != is_object) {
    place_ = Place::kBroken;
    return;
  }
  place_ = --depth_ == 0 ? Place::kEnd : Place::kCommaOrEnd;
}

}  // namespace onellm::json
