#include "dialects/common/splice/last_member.h"

#include <string>

namespace onellm::dialects {

void add_last_member(Rope& body, std::string_view name, int64_t value) {
  size_t end_bytes = 0;  // The closing brace and the white space after it.
  while (end_bytes < body.bytes()) {
    size_t left = end_bytes++;
    auto piece = body.pieces().rbegin();
    for (; left >= piece->size(); ++piece) left -= piece->size();
    if ((*piece)[piece->size() - 1 - left] == '}') break;
  }
  body.cut_end(end_bytes);
  std::string member(",\"");
  body.add_owned(member.append(name).append("\":").append(std::to_string(value)).append("}"));
}

}  // namespace onellm::dialects
