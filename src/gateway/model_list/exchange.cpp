#include "gateway/model_list/exchange.h"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include "base/limits.h"
#include "base/query.h"
#include "base/text.h"
#include "gateway/http/reply.h"
#include "gateway/keys/plan/allowed_models.h"
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

// `owner` must outlive the result.
dialects::ModelInfo info_of(const Context& context, const std::string& id, std::string_view owner, int64_t created_s) {
  const models::Contract contract = contract_of(context, id);
  return {.id = id,
          .owned_by = owner,
          .created_s = created_s,
          .context_tokens = contract.context_tokens,
          .output_tokens_max = contract.output_tokens_max};
}

// Collects the models, each id once, up to about kModelsAnswerBytesMax of text.
class Models {
 public:
  explicit Models(const Context& context) : context_(context) {}

  // `owner` must outlive the list.
  void add(const std::string& id, std::string_view owner, int64_t created_s) {
    if (!may_see(context_, id)) return;
    if (bytes_ > kModelsAnswerBytesMax || id.empty() || !ids_.insert(id).second) return;
    models_.push_back(info_of(context_, id, owner, created_s));
    bytes_ += id.size() + kEntryBytes;
  }

  [[nodiscard]] std::span<const dialects::ModelInfo> all() const { return models_; }

 private:
  static constexpr size_t kEntryBytes = 128;  // Of an entry in the answer, without the id.

  const Context& context_;
  std::vector<dialects::ModelInfo> models_;
  std::set<std::string> ids_;
  size_t bytes_ = 0;
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
  const std::vector<routing::ListedModel> known = routing::known_models(*context_.settings);
  Models models(context_);
  for (const routing::ListedModel& model : known) {
    if (is_wanted(model.owned_by)) models.add(model.id, model.owned_by, 0);
  }
  for (const ProviderModels& list : asked_) {
    const providers::Provider& provider = list.provider();
    for (const dialects::ModelEntry& entry : list.models()) {
      models.add(routing::listed_id(*context_.settings, provider, entry.id), provider.name, entry.created_s);
    }
  }
  std::string body;
  const std::optional<Error> error = context_.client->encode_models(models.all(), context_.request.query, body);
  if (error) return send_error(context_, *error);
  send_whole(context_, reply_head(context_, 200), context_.client->reply_content_type(), std::move(body));
}

void send_model(Context& context, std::string_view id) {
  const std::string name = percent_decode(id);
  Result<std::vector<routing::Leg>> legs = resolve_allowed(context, name);
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
  const std::string& owner = legs->front().targets.front().provider->name;
  std::string body;
  context.client->encode_model(info_of(context, name, owner, 0), body);
  send_whole(context, reply_head(context, 200), context.client->reply_content_type(), std::move(body));
}

}  // namespace onellm::gateway
