#include "dialects/common/splice/spliced_text.h"

#include "json/raw.h"

namespace onellm::dialects {

namespace {

constexpr std::string_view kReplacement = "\\ufffd";  // Has the same length as the escape that it replaces.

}  // namespace

void SplicedText::replace_lone_surrogates() {
  size_t at = json::find_lone_surrogate(text_, 0);
  while (at != std::string::npos) {
    text_.replace(at, kReplacement.size(), kReplacement);
    at = json::find_lone_surrogate(text_, at + kReplacement.size());
  }
  decltype(splices_) splices;
  for (const auto& [offset, slice] : splices_) {
    size_t begin = 0;
    at = json::find_lone_surrogate(slice, 0);
    while (at != std::string_view::npos) {
      splices.emplace_back(offset, slice.substr(begin, at - begin));
      splices.emplace_back(offset, kReplacement);
      begin = at + kReplacement.size();
      at = json::find_lone_surrogate(slice, begin);
    }
    splices.emplace_back(offset, slice.substr(begin));
  }
  splices_ = std::move(splices);
}

}  // namespace onellm::dialects
