#include "gateway/models.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "gateway/query.h"
#include "gateway/reply.h"
#include "json/writer.h"
#include "routing/model_spec.h"

namespace onellm::gateway {

namespace {

void write_model(std::string& out, const routing::ListedModel& model) {
  json::ObjectWriter object(out);
  object.add_plain("id", model.id);
  object.add_plain("object", "model");
  object.add("created", static_cast<int64_t>(0));  // Not known; OpenAI's shape wants a number.
  object.add_plain("owned_by", model.owned_by);
}

}  // namespace

void send_models(Context& context) {
  const std::string wanted_list = query_value(context.request.query, "providers");
  const std::vector<std::string_view> wanted = split(wanted_list, ',');
  std::string body;
  {
    json::ObjectWriter list(body);
    list.add_plain("object", "list");
    json::ArrayWriter data(list.begin("data"));
    for (const routing::ListedModel& model : routing::known_models(*context.settings)) {
      const bool is_wanted =
          wanted_list.empty() || std::find(wanted.begin(), wanted.end(), model.owned_by) != wanted.end();
      if (is_wanted) write_model(data.next(), model);
    }
  }
  send_json(context, reply_head(context, 200), std::move(body));
}

void send_model(Context& context, std::string_view id) {
  const std::string name = percent_decode(id);
  for (const routing::ListedModel& model : routing::known_models(*context.settings)) {
    if (model.id != name) continue;
    std::string body;
    write_model(body, model);
    return send_json(context, reply_head(context, 200), std::move(body));
  }
  Result<std::vector<routing::Leg>> legs = routing::resolve_model(*context.settings, name);
  if (!legs) {
    Error error = legs.error();
    error.kind = ErrorKind::kModelNotFound;
    return send_error(context, error);
  }
  if (legs->size() != 1 || legs->front().targets.empty()) {
    return send_error(context,
                      {.kind = ErrorKind::kModelNotFound, .message = "One model is one id.", .param = "model"});
  }
  std::string body;
  write_model(body, {.id = name, .owned_by = legs->front().targets.front().provider->name});
  send_json(context, reply_head(context, 200), std::move(body));
}

}  // namespace onellm::gateway
