#include "dialects/anthropic_messages/annotations.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "json/writer.h"

namespace onellm::dialects {

namespace {

constexpr size_t kBytesAroundMembers = 100;  // Of one annotation, at most.

}  // namespace

void Annotations::open(int64_t start) { start_ = start; }

void Annotations::add(json::RawString url, json::RawString title) {
  if (url.empty() || full_) return;
  std::string members = R"("url":")" + std::string(url.text) + R"(","title":")" + std::string(title.text) + '"';
  if (std::find(waiting_.begin(), waiting_.end(), members) != waiting_.end()) return;
  waiting_bytes_ += members.size() + kBytesAroundMembers;
  full_ = written_.size() + waiting_bytes_ > kAnnotationBytesMax;
  if (full_) {
    waiting_ = {};
    std::string().swap(written_);
  } else {
    waiting_.push_back(std::move(members));
  }
}

void Annotations::close(int64_t end) {
  for (const std::string& members : waiting_) {
    if (!written_.empty()) written_ += ',';
    written_ += R"({"type":"url_citation","url_citation":{"start_index":)";
    json::append_integer(written_, start_);
    written_ += R"(,"end_index":)";
    json::append_integer(written_, end);
    written_ += ',';
    written_ += members;
    written_ += "}}";
  }
  waiting_.clear();
  waiting_bytes_ = 0;
  start_ = end;
}

std::string Annotations::array() const { return written_.empty() ? std::string() : "[" + written_ + "]"; }

}  // namespace onellm::dialects
