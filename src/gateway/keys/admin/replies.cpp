#include "gateway/keys/admin/replies.h"

#include "json/writer.h"
#include "keys/record/view.h"

namespace onellm::gateway {

std::string key_page(std::span<const keys::Record> records, bool has_more, bool is_export, int64_t now_ms) {
  std::string out;
  {
    json::ObjectWriter page(out);
    page.add_plain("object", "list");
    {
      json::ArrayWriter data(page.begin("data"));
      for (const keys::Record& record : records) {
        if (is_export) {
          keys::write_exported(data.next(), record, now_ms);
        } else {
          keys::write_record(data.next(), record, {}, now_ms);
        }
      }
    }
    page.add("has_more", has_more);
    if (records.empty()) {
      page.add_null("first_id");
      page.add_null("last_id");
    } else {
      page.add_plain("first_id", records.front().id);
      page.add_plain("last_id", records.back().id);
    }
  }
  return out;
}

std::string deleted_key(std::string_view id) {
  std::string out;
  {
    json::ObjectWriter object(out);
    object.add_plain("id", id);
    object.add_plain("object", "key");
    object.add("deleted", true);
  }
  return out;
}

std::string imported_keys(int64_t count) {
  std::string out;
  {
    json::ObjectWriter object(out);
    object.add_plain("object", "key.import");
    object.add("imported", count);
  }
  return out;
}

}  // namespace onellm::gateway
