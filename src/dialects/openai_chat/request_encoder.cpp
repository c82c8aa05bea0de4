#include "dialects/openai_chat/request_encoder.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "dialects/openai_chat/source_members.h"
#include "json/raw.h"
#include "json/reader.h"

namespace onellm::dialects {

namespace {

using chat::SourceMember;

constexpr std::string_view kAskForUsage = R"("include_usage":true)";

const char* end_of(std::string_view text) { return text.data() + text.size(); }

// A text with some places replaced, as a rope of views into it. Places come in their order.
class Splice {
 public:
  explicit Splice(std::string_view source) : source_(source), kept_until_(source.data()) {}

  void replace(const char* begin, const char* end, std::string replacement) {
    ONELLM_ASSERT(kept_until_ <= begin && begin <= end);
    out_.add_view({kept_until_, static_cast<size_t>(begin - kept_until_)});
    if (!replacement.empty()) out_.add_owned(std::move(replacement));
    kept_until_ = end;
  }
  void replace(std::string_view place, std::string replacement) {
    replace(place.data(), end_of(place), std::move(replacement));
  }
  void insert(const char* at, std::string text) { replace(at, at, std::move(text)); }

  Rope finish() {
    out_.add_view({kept_until_, static_cast<size_t>(end_of(source_) - kept_until_)});
    return std::move(out_);
  }

 private:
  std::string_view source_;
  const char* kept_until_;
  Rope out_;
};

bool is_member(const SourceMember& member, std::string_view key) {
  return json::key_is(json::RawString{member.key}, key);
}

// What is to happen to stream_options.
enum class UsageEdit : uint8_t {
  kNone,    // As the client wrote it.
  kCut,     // The host refuses it.
  kCreate,  // The client sent none, or null.
  kChange,  // The client's object must ask for usage too.
};

UsageEdit choose_usage_edit(const chat::Request& request, const EncodeOptions& options, const SourceMember* member) {
  if (!options.ask_for_usage) return member == nullptr ? UsageEdit::kNone : UsageEdit::kCut;
  if (!request.stream || request.include_usage) return UsageEdit::kNone;
  return member == nullptr || member->value == "null" ? UsageEdit::kCreate : UsageEdit::kChange;
}

class RequestEncoder {
 public:
  RequestEncoder(const chat::Request& request, const EncodeOptions& options)
      : request_(request), options_(options), splice_(request.source) {
    for (const SourceMember& member : request.source_members) {
      if (is_member(member, "stream_options")) stream_options_ = &member;
    }
    usage_edit_ = choose_usage_edit(request, options, stream_options_);
  }

  Result<EncodedRequest> encode() {
    EncodedRequest out;
    if (usage_edit_ == UsageEdit::kCut && stream_options_->value != "null") {
      if (options_.strict) return refused();
      out.dropped.emplace_back("stream_options");
    }
    const std::vector<SourceMember>& members = request_.source_members;
    for (size_t i = 0; i < members.size();) {
      if (is_cut(members[i])) {
        i = cut_run(i);
      } else {
        change(members[i++]);
      }
    }
    out.body = splice_.finish();
    return out;
  }

 private:
  static Error refused() {
    return {.kind = ErrorKind::kUnsupportedParameter,
            .message = "The provider does not support stream_options.",
            .param = "stream_options"};
  }

  bool is_cut(const SourceMember& member) const {
    return is_member(member, "onellm") || (usage_edit_ == UsageEdit::kCut && &member == stream_options_);
  }

  // Cuts the members from `first` on that must go, with the comma before them; at the beginning of the
  // object with the one behind. Something always stays: `model`. Returns the next member.
  size_t cut_run(size_t first) {
    const std::vector<SourceMember>& members = request_.source_members;
    size_t next = first + 1;
    while (next < members.size() && is_cut(members[next])) ++next;
    if (first > 0) {
      splice_.replace(end_of(members[first - 1].member), end_of(members[next - 1].member), "");
    } else {
      splice_.replace(members[first].member.data(), members[next].member.data(), "");
    }
    return next;
  }

  void change(const SourceMember& member) {
    if (is_member(member, "model")) {
      change_model(member);
    } else if (&member == stream_options_ && usage_edit_ == UsageEdit::kCreate) {
      splice_.replace(member.value, object_of(kAskForUsage));
    } else if (&member == stream_options_ && usage_edit_ == UsageEdit::kChange) {
      ask_for_usage_in(member.value);
    }
  }

  // The one member that is always there carries the new one, too.
  void change_model(const SourceMember& member) {
    if (request_.model != options_.model) {
      std::string quoted;
      json::quote_to(quoted, options_.model);
      splice_.replace(member.value, std::move(quoted));
    }
    if (usage_edit_ == UsageEdit::kCreate && stream_options_ == nullptr) {
      splice_.insert(end_of(member.value), R"(,"stream_options":)" + object_of(kAskForUsage));
    }
  }

  void ask_for_usage_in(std::string_view object) {
    const std::vector<SourceMember> members = members_of(object);
    for (const SourceMember& member : members) {
      if (is_member(member, "include_usage")) return splice_.replace(member.value, "true");
    }
    splice_.insert(object.data() + 1, std::string(kAskForUsage) + (members.empty() ? "" : ","));
  }

  static std::vector<SourceMember> members_of(std::string_view object) {
    const json::Buffer copy(object);
    json::Reader reader;
    std::vector<json::RawString> keys;
    ONELLM_ASSERT(reader.open(copy));  // It was read before, as part of the whole.
    json::Value root = reader.root();
    root.each_member([&](json::RawString key, json::Value&) {
      const auto offset = static_cast<size_t>(key.text.data() - copy.text().data());
      keys.push_back({object.substr(offset, key.text.size())});
    });
    return locate_members(object, keys);
  }

  static std::string object_of(std::string_view members) { return "{" + std::string(members) + "}"; }

  const chat::Request& request_;
  const EncodeOptions& options_;
  Splice splice_;
  const SourceMember* stream_options_ = nullptr;
  UsageEdit usage_edit_ = UsageEdit::kNone;
};

}  // namespace

Result<EncodedRequest> encode_openai_chat_request(const chat::Request& request, const EncodeOptions& options) {
  ONELLM_ASSERT(!request.source.empty());
  return RequestEncoder(request, options).encode();
}

}  // namespace onellm::dialects
