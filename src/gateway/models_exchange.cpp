#include "gateway/models_exchange.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "gateway/query.h"
#include "gateway/reply.h"
#include "json/writer.h"

namespace onellm::gateway {

namespace {

void write_model(std::string& out, const routing::ListedModel& model, int64_t created_s) {
  json::ObjectWriter object(out);
  object.add_plain("id", model.id);
  object.add_plain("object", "model");
  object.add("created", created_s);  // 0: not known; OpenAI's shape wants a number.
  object.add_plain("owned_by", model.owned_by);
}

}  // namespace

void ModelsExchange::start() {
  const std::string names = query_value(context_.request.query, "providers");
  for (const std::string_view name : split(names, ',')) {
    if (!name.empty()) wanted_.emplace_back(name);
  }
  for (const routing::ListedModel& model : routing::known_models(*context_.settings)) {
    if (is_wanted(model.owned_by)) add(model, 0);
  }
  deadline_ms_ = context_.now_ms + kModelListTimeoutMs;
  for (const providers::Provider& provider : context_.settings->providers) {
    const bool lists_itself = provider.kind->models_endpoint != nullptr && provider.models.empty();
    if (lists_itself && is_wanted(provider.name)) ask(provider);
  }
  answer_if_complete();
}

bool ModelsExchange::is_wanted(std::string_view provider) const {
  return wanted_.empty() || std::find(wanted_.begin(), wanted_.end(), provider) != wanted_.end();
}

void ModelsExchange::ask(const providers::Provider& provider) {
  const providers::Endpoint endpoint = provider.kind->models_endpoint(provider, {});
  HeadWriter head("GET " + endpoint.url);
  for (const auto& [name, value] : endpoint.headers) head.add(name, value);
  const uint32_t id = context_.new_fetch_id();
  asked_[id] = {.provider = &provider, .body = {}};
  context_.commands.add({.kind = CommandKind::kFetch, .id = id, .head = head.take()});
}

void ModelsExchange::add(const routing::ListedModel& model, int64_t created_s) {
  if (!ids_.insert(model.id).second) return;
  if (!data_.empty()) data_ += ',';
  write_model(data_, model, created_s);
}

void ModelsExchange::on_fetch_head(uint32_t id, const Head& head) {
  if (!asked_.contains(id)) return;
  if (!head.first_line().starts_with("2")) return give_up_on(id);
  context_.commands.add(CommandKind::kReadWhole, id, static_cast<uint32_t>(kModelListBytesMax));
}

void ModelsExchange::on_fetch_bytes(uint32_t id, std::string_view bytes) {
  const auto asked = asked_.find(id);
  if (asked != asked_.end()) asked->second.body += bytes;
}

void ModelsExchange::on_fetch_end(uint32_t id) {
  const auto asked = asked_.find(id);
  if (asked == asked_.end()) return;
  const providers::Provider& provider = *asked->second.provider;
  if (asked->second.body.size() <= kModelListBytesMax) {
    for (const dialects::ModelEntry& entry : provider.kind->dialect->decode_models(asked->second.body).models) {
      add({.id = routing::listed_id(*context_.settings, provider, entry.id), .owned_by = provider.name},
          entry.created_s);
    }
  }
  asked_.erase(asked);
  answer_if_complete();
}

void ModelsExchange::on_fetch_failed(uint32_t id) {
  asked_.erase(id);
  answer_if_complete();
}

void ModelsExchange::give_up_on(uint32_t id) {
  context_.commands.add(CommandKind::kAbortFetch, id);
  asked_.erase(id);
  answer_if_complete();
}

void ModelsExchange::on_time() {
  if (context_.now_ms < deadline_ms_) return;
  while (!asked_.empty()) give_up_on(asked_.begin()->first);
}

void ModelsExchange::on_client_gone() {
  for (const auto& [id, asked] : asked_) context_.commands.add(CommandKind::kAbortFetch, id);
  asked_.clear();
  over_ = true;
}

double ModelsExchange::wakeup_ms() const {
  return asked_.empty() ? std::numeric_limits<double>::infinity() : deadline_ms_;
}

void ModelsExchange::answer_if_complete() {
  if (over_ || !asked_.empty()) return;
  over_ = true;
  send_json(context_, reply_head(context_, 200), R"({"object":"list","data":[)" + data_ + "]}");
}

void send_model(Context& context, std::string_view id) {
  const std::string name = percent_decode(id);
  Result<std::vector<routing::Leg>> legs = routing::resolve_model(*context.settings, name);
  if (!legs) {
    Error error = legs.error();
    error.kind = ErrorKind::kModelNotFound;
    return send_error(context, error);
  }
  if (legs->size() != 1) {
    return send_error(context, {.kind = ErrorKind::kModelNotFound,
                                .message = "One id is one model; \"" + name + "\" is several.",
                                .param = "model"});
  }
  std::string body;
  write_model(body, {.id = name, .owned_by = legs->front().targets.front().provider->name}, 0);
  send_json(context, reply_head(context, 200), std::move(body));
}

}  // namespace onellm::gateway
