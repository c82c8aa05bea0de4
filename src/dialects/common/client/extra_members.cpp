#include "dialects/common/client/extra_members.h"

#include <utility>

#include "json/grammar.h"
#include "json/writer.h"

namespace onellm::dialects {

namespace {

// True if only white space and commas are between two places of one text.
bool are_neighbours(const char* left_end, const char* right_begin) {
  for (const char* at = left_end; at != right_begin; ++at) {
    if (*at != ',' && !json::is_space(*at)) return false;
  }
  return true;
}

}  // namespace

void ExtraMembers::add(json::RawString key, json::Raw value) {
  if (value.empty()) return;  // The text turned out malformed.
  if (!joined_.empty()) return json::append_member(joined_, key, value);

  const char* begin = key.text.data() - 1;  // The opening quote.
  const char* end = value.text.data() + value.text.size();
  if (run_.empty()) {
    run_ = {begin, static_cast<size_t>(end - begin)};
  } else if (are_neighbours(run_.data() + run_.size(), begin)) {
    run_ = {run_.data(), static_cast<size_t>(end - run_.data())};
  } else {
    joined_ = run_;
    json::append_member(joined_, key, value);
  }
}

json::RawMembers ExtraMembers::finish(chat::Request& request) {
  if (joined_.empty()) return {run_};
  return {request.keep(std::move(joined_))};
}

}  // namespace onellm::dialects
