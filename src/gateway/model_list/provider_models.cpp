#include "gateway/model_list/provider_models.h"

#include <utility>

#include "base/limits.h"
#include "gateway/model_list/cache.h"

namespace onellm::gateway {

void ProviderModels::start() {
  bytes_left_ = kModelListBytesMax;
  if (!context_.settings->has_kv) return ask_page();
  awaited_ = context_.new_fetch_id();
  context_.commands.add({.kind = CommandKind::kReadKv, .id = awaited_, .head = model_cache_key(provider_)});
}

void ProviderModels::on_kv(bool found, std::string_view value) {
  std::optional<std::vector<dialects::ModelEntry>> kept = found ? read_cached(value) : std::nullopt;
  if (!kept) return ask_page();
  models_ = std::move(*kept);
  awaited_ = 0;
}

void ProviderModels::ask_page() {
  const providers::Endpoint endpoint =
      provider_.kind->models_endpoint(provider_, {.next = next_, .now_ms = context_.now_ms});
  HeadWriter head("GET " + endpoint.url);
  for (const auto& [name, value] : endpoint.headers) head.add(name, value);
  fetch_.send({.head = head.take(), .provider = provider_.name});
  awaited_ = fetch_.id();
  ++pages_;
}

// The body of an error is not read.
void ProviderModels::on_fetch_head(const Head& head) {
  if (head.status() < 200 || head.status() > 299) return give_up();
  if (fetch_.on_head(head) == UpstreamStep::kBegan) fetch_.read_whole(bytes_left_);
}

void ProviderModels::on_fetch_bytes(std::string_view bytes) {
  if (fetch_.on_bytes(bytes) != UpstreamStep::kBytes) return;
  body_.append(bytes);
  if (!context_.memory->has_room_for(context_.memory_use->held_bytes())) give_up();
}

void ProviderModels::on_fetch_failed() {
  if (fetch_.on_failed() != UpstreamStep::kNothing) settle(Ending::kCutShort);
}

void ProviderModels::on_fetch_end() {
  if (fetch_.on_end() != UpstreamStep::kEnded) return;
  fetch_.finish();
  if (body_.bytes() > bytes_left_ || !context_.memory->can_parse(body_.bytes())) return settle(Ending::kCutShort);
  bytes_left_ -= body_.bytes();
  std::string body;
  body_.move_to(body);
  dialects::ModelPage page = provider_.kind->dialect->decode_models(std::move(body));
  if (page.models.empty()) return settle(Ending::kCutShort);  // Not a list, or the last page is broken.
  for (dialects::ModelEntry& model : page.models) models_.push_back(std::move(model));
  if (!context_.memory->has_room_for(context_.memory_use->held_bytes())) return settle(Ending::kCutShort);

  // Without this check, a page that names itself as the next one would be read again and again.
  const bool goes_on = !page.next.empty() && page.next != next_ && pages_ < kModelListPagesMax;
  if (!goes_on) return settle(Ending::kWhole);
  next_ = std::move(page.next);
  ask_page();
}

void ProviderModels::give_up() {
  if (!settled()) settle(Ending::kCutShort);
}

void ProviderModels::settle(Ending ending) {
  awaited_ = 0;
  fetch_.cancel();
  body_.clear();
  if (models_.empty()) {
    for (const std::string_view id : provider_.kind->builtin_models) models_.push_back({.id = std::string(id)});
  } else if (ending == Ending::kWhole && context_.settings->has_kv) {
    Command write{.kind = CommandKind::kWriteKv, .number = kModelListKeptS, .head = model_cache_key(provider_)};
    write.body.add_owned(cached_text(models_));
    context_.commands.add(std::move(write));
  }
}

}  // namespace onellm::gateway
