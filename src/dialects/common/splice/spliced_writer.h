// Adds members to a JSON object that is written into a SplicedText. Long values are viewed, not copied.
#pragma once

#include <string_view>

#include "dialects/common/splice/spliced_text.h"
#include "json/raw.h"
#include "json/writer.h"

namespace onellm::dialects {

// Requires that `object` writes to body.text(). `value` must outlive the result of body.finish().
inline void add_viewed(SplicedText& body, json::ObjectWriter& object, std::string_view key, json::RawString value) {
  object.begin(key) += '"';
  body.append(value.text);
  body.text() += '"';
}
inline void add_viewed(SplicedText& body, json::ObjectWriter& object, std::string_view key, json::Raw value) {
  (void)object.begin(key);
  body.append(value.text);
}

}  // namespace onellm::dialects
