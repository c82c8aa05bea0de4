#include "dialects/anthropic_messages/client/encode_models.h"

#include <algorithm>
#include <charconv>

#include "base/query.h"
#include "base/time/rfc3339.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr size_t kPageModels = 20;
constexpr size_t kPageModelsMax = 1000;

// 0: the text is no limit that is allowed.
size_t read_limit(std::string_view text) {
  if (text.empty()) return kPageModels;
  size_t limit = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, limit);
  return error == std::errc() && stop == end && limit <= kPageModelsMax ? limit : 0;
}

struct Page {
  std::span<const ModelInfo> models;
  bool has_more = false;
};

// A page goes forward from the begin or from `after_id`, or backward from `before_id`.
Page page_of(std::span<const ModelInfo> models, std::string_view query, size_t limit) {
  const auto place_of = [models](const std::string& id) {
    return std::find_if(models.begin(), models.end(), [&id](const ModelInfo& model) { return model.id == id; });
  };
  const std::string before_id = query_value(query, "before_id");
  if (!before_id.empty()) {
    const auto end = static_cast<size_t>(place_of(before_id) - models.begin());
    const size_t begin = end - std::min(end, limit);
    return {.models = models.subspan(begin, end - begin), .has_more = begin > 0};
  }
  size_t begin = 0;
  if (const std::string after_id = query_value(query, "after_id"); !after_id.empty()) {
    const auto place = place_of(after_id);
    if (place != models.end()) begin = static_cast<size_t>(place - models.begin()) + 1;
  }
  const size_t count = std::min(limit, models.size() - begin);
  return {.models = models.subspan(begin, count), .has_more = begin + count < models.size()};
}

void add_size(json::ObjectWriter& object, std::string_view key, int64_t tokens) {
  if (tokens > 0) {
    object.add(key, tokens);
  } else {
    object.add_null(key);
  }
}

void add_id(json::ObjectWriter& object, std::string_view key, std::span<const ModelInfo> models, bool first) {
  if (models.empty()) return object.add_null(key);
  object.add_plain(key, first ? models.front().id : models.back().id);
}

}  // namespace

void encode_model(const ModelInfo& model, std::string& out) {
  json::ObjectWriter object(out);
  object.add_plain("type", "model");
  object.add_plain("id", model.id);
  object.add_plain("display_name", model.id);
  object.add_plain("created_at", format_rfc3339(model.created_s * 1000));  // 1970, where the API does not know it.
  add_size(object, "max_input_tokens", model.context_tokens);
  add_size(object, "max_tokens", model.output_tokens_max);
  object.add_null("capabilities");
}

std::optional<Error> encode_models(std::span<const ModelInfo> models, std::string_view query, std::string& out) {
  const size_t limit = read_limit(query_value(query, "limit"));
  if (limit == 0) {
    return Error{.kind = ErrorKind::kBadRequest, .message = "limit: Input should be from 1 to 1000", .param = "limit"};
  }
  const Page page = page_of(models, query, limit);
  json::ObjectWriter list(out);
  {
    json::ArrayWriter data(list.begin("data"));
    for (const ModelInfo& model : page.models) encode_model(model, data.next());
  }
  list.add("has_more", page.has_more);
  add_id(list, "first_id", page.models, true);
  add_id(list, "last_id", page.models, false);
  return std::nullopt;
}

}  // namespace onellm::dialects::anthropic_messages
