#include "gateway/model_list/exchange.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/limits.h"
#include "base/query.h"
#include "base/text.h"
#include "gateway/http/reply.h"
#include "json/writer.h"
#include "routing/model_spec.h"

namespace onellm::gateway {

namespace {

// What is known about the model that a name resolves to. Empty if the name resolves to several.
models::Contract contract_of(const Context& context, std::string_view name) {
  Result<std::vector<routing::Leg>> legs = routing::resolve_model(*context.settings, name);
  if (!legs || legs->size() != 1 || legs->front().targets.size() != 1) return {};
  const routing::Target& target = legs->front().targets.front();
  return providers::contract_of(*target.provider, target.model, context.settings->model_rules.get());
}

void write_model(std::string& out, const routing::ListedModel& model, int64_t created_s,
                 const models::Contract& contract) {
  json::ObjectWriter object(out);
  object.add_plain("id", model.id);
  object.add_plain("object", "model");
  object.add("created", created_s);  // 0: unknown; OpenAI's format requires a number.
  object.add_plain("owned_by", model.owned_by);
  if (contract.context_tokens > 0) object.add("context_window", contract.context_tokens);
  if (contract.output_tokens_max > 0) object.add("max_output_tokens", contract.output_tokens_max);
}

// Writes the entries, separated by commas. Each id is written once.
class Entries {
 public:
  explicit Entries(std::string& out) : out_(out), array_(out) {}

  void add(const routing::ListedModel& model, int64_t created_s, const Context& context) {
    if (out_.size() > kModelsAnswerBytesMax || model.id.empty() || !ids_.insert(model.id).second) return;
    write_model(array_.next(), model, created_s, contract_of(context, model.id));
  }

 private:
  std::string& out_;
  json::ArrayWriter array_;
  std::set<std::string> ids_;
};

}  // namespace

void ModelsExchange::start() {
  const std::string names = query_value(context_.request.query, "providers");
  for (const std::string_view name : split(names, ',')) {
    if (!name.empty()) wanted_.emplace_back(name);
  }
  deadline_ms_ = context_.now_ms + kModelListTimeoutMs;
  for (const providers::Provider& provider : context_.settings->providers) {
    const bool lists_itself = provider.kind->models_endpoint != nullptr && provider.models.empty();
    if (lists_itself && is_wanted(provider.name)) asked_.emplace_back(provider, context_);
  }
  for (ProviderModels& models : asked_) models.start();
  answer_if_settled();
}

bool ModelsExchange::is_wanted(std::string_view provider) const {
  return wanted_.empty() || std::find(wanted_.begin(), wanted_.end(), provider) != wanted_.end();
}

// The list that waits for this id. Null if none waits for it any more.
ProviderModels* ModelsExchange::awaiting(uint32_t id) {
  for (ProviderModels& models : asked_) {
    if (models.awaits(id)) return &models;
  }
  return nullptr;
}

void ModelsExchange::on_kv(uint32_t id, bool found, std::string_view value) {
  if (ProviderModels* models = awaiting(id)) models->on_kv(found, value);
  answer_if_settled();
}

void ModelsExchange::on_fetch_head(uint32_t id, const Head& head) {
  if (ProviderModels* models = awaiting(id)) models->on_fetch_head(head);
  answer_if_settled();
}

void ModelsExchange::on_fetch_bytes(uint32_t id, std::string_view bytes) {
  if (ProviderModels* models = awaiting(id)) models->on_fetch_bytes(bytes);
  answer_if_settled();
}

void ModelsExchange::on_fetch_end(uint32_t id) {
  if (ProviderModels* models = awaiting(id)) models->on_fetch_end();
  answer_if_settled();
}

void ModelsExchange::on_fetch_failed(uint32_t id) {
  if (ProviderModels* models = awaiting(id)) models->on_fetch_failed();
  answer_if_settled();
}

void ModelsExchange::on_time() {
  if (context_.now_ms < deadline_ms_) return;
  for (ProviderModels& models : asked_) models.give_up();
  answer_if_settled();
}

void ModelsExchange::on_client_gone() {
  for (ProviderModels& models : asked_) models.give_up();
  over_ = true;
}

// Answers when all lists are complete. They keep the order of the settings, whichever came first.
void ModelsExchange::answer_if_settled() {
  const auto settled = [](const ProviderModels& models) { return models.settled(); };
  if (over_ || !std::all_of(asked_.begin(), asked_.end(), settled)) return;
  over_ = true;
  std::string body = R"({"object":"list","data":)";
  {
    Entries entries(body);
    for (const routing::ListedModel& model : routing::known_models(*context_.settings)) {
      if (is_wanted(model.owned_by)) entries.add(model, 0, context_);
    }
    for (const ProviderModels& models : asked_) {
      const providers::Provider& provider = models.provider();
      for (const dialects::ModelEntry& entry : models.models()) {
        entries.add({.id = routing::listed_id(*context_.settings, provider, entry.id), .owned_by = provider.name},
                    entry.created_s, context_);
      }
    }
  }
  send_json(context_, reply_head(context_, 200), std::move(body += '}'));
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
  write_model(body, {.id = name, .owned_by = legs->front().targets.front().provider->name}, 0,
              contract_of(context, name));
  send_json(context, reply_head(context, 200), std::move(body));
}

}  // namespace onellm::gateway
