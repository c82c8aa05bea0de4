#include "dialects/gemini/request/messages/writer.h"

#include "dialects/common/splice/spliced_writer.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

SplicedText& Contents::next(Role role) {
  if (role == role_) {
    out_.text() += ',';
    return out_;
  }
  end_turn();
  if (turns_ > 0) out_.text() += ',';
  out_.text() += role == Role::kUser ? R"({"role":"user","parts":[)" : R"({"role":"model","parts":[)";
  role_ = role;
  ++turns_;
  return out_;
}

void Contents::add_text(Role role, json::RawString text, json::RawString signature) {
  if (text.empty() && signature.empty()) return;
  SplicedText& out = next(role);
  json::ObjectWriter part(out.text());
  add_viewed(out, part, "text", text);
  if (!signature.empty()) add_viewed(out, part, "thoughtSignature", signature);
}

void Contents::finish() {
  end_turn();
  out_.text() += ']';
}

void Contents::end_turn() {
  if (role_ != Role::kNobody) out_.text() += "]}";
  role_ = Role::kNobody;
}

}  // namespace onellm::dialects::gemini
