#include "gateway/accounting/data_point.h"

#include <iterator>

#include "base/assert.h"
#include "base/text.h"
#include "json/writer.h"

namespace onellm::gateway {

namespace {

constexpr size_t kColumnsMax = 20;
constexpr size_t kBlobsBytesMax = 16 * 1024;
constexpr size_t kUsualPointBytes = 512;

constexpr size_t all_blob_bytes() {
  size_t sum = 0;
  for (const BlobColumn& column : kBlobColumns) sum += column.bytes_max;
  return sum;
}
static_assert(std::size(kBlobColumns) <= kColumnsMax && std::size(kDoubleColumns) <= kColumnsMax);
static_assert(all_blob_bytes() <= kBlobsBytesMax);

// Writes the columns one by one. Checks their number at the end, because one missing column would shift the rest.
class Blobs {
 public:
  explicit Blobs(std::string& out) : array_(out) {}
  ~Blobs() { ONELLM_ASSERT(at_ == std::size(kBlobColumns)); }
  Blobs(const Blobs&) = delete;
  Blobs& operator=(const Blobs&) = delete;

  Blobs& add(std::string_view text) {
    json::quote_to(array_.next(), utf8_prefix(text, kBlobColumns[at_++].bytes_max));
    return *this;
  }

 private:
  json::ArrayWriter array_;
  size_t at_ = 0;
};

std::string_view yes_or_no(bool is) { return is ? "yes" : "no"; }

void write_blobs(const CallRecord& call, std::string& out) {
  Blobs blobs(out);
  blobs.add(call.request_id).add(call.key_name).add(call.model_asked).add(call.model_served);
  blobs.add(call.provider).add(call.resource).add(call.route).add(to_string(call.outcome));
  blobs.add(call.error_code).add(call.merge).add(call.country).add(call.colo);
  blobs.add(to_string(call.usage_source)).add(yes_or_no(call.cost.has_value())).add(yes_or_no(call.first));
}

void write_doubles(const CallRecord& call, std::string& out) {
  json::ArrayWriter doubles(out);
  size_t columns = 0;
  const auto add = [&](int64_t number) {
    json::append_integer(doubles.next(), number);
    ++columns;
  };
  add(call.status);
  add(call.total_ms);
  add(call.first_token_ms);
  add(call.usage.prompt_tokens);
  add(call.usage.completion_tokens);
  add(call.usage.cached_tokens.value_or(0));
  add(call.usage.cache_write_tokens.value_or(0));
  add(call.usage.reasoning_tokens.value_or(0));
  doubles.next() += prices::format_usd(call.cost.value_or(0));
  ++columns;
  add(call.attempt);
  add(call.legs);
  add(call.bytes_in);
  add(call.bytes_out);
  add(call.overhead_ms);
  add(call.usage.web_search_requests.value_or(0));
  ONELLM_ASSERT(columns == std::size(kDoubleColumns));
}

}  // namespace

std::string data_point(const CallRecord& call) {
  std::string out;
  out.reserve(kUsualPointBytes);
  {
    json::ObjectWriter point(out);
    {
      json::ArrayWriter indexes(point.begin("indexes"));
      json::quote_to(indexes.next(), utf8_prefix(call.key_id, kIndexBytesMax));
    }
    write_blobs(call, point.begin("blobs"));
    write_doubles(call, point.begin("doubles"));
  }
  return out;
}

}  // namespace onellm::gateway
