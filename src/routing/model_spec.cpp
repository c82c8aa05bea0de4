#include "routing/model_spec.h"

#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "routing/lookup.h"
#include "routing/nearest_names.h"

namespace onellm::routing {

namespace {

constexpr size_t kSuggestionsMax = 5;
constexpr size_t kQuotedBytesMax = 128;  // Part of a client's text that a message quotes.

Error bad_model(std::string message) {
  Error error;
  error.kind = ErrorKind::kBadRequest;
  error.message = std::move(message);
  error.param = "model";
  return error;
}

// The text in backticks, cut to kQuotedBytesMax at the end of a UTF-8 character.
std::string quoted(std::string_view text) {
  if (text.size() <= kQuotedBytesMax) return "`" + std::string(text) + "`";
  size_t end = kQuotedBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return "`" + std::string(text.substr(0, end)) + "…`";
}

// A sentence that names the setting that would make the target available; empty if no known setting would.
std::string setting_hint(const Settings& settings, std::string_view target) {
  const std::string_view prefix = target.substr(0, target.find('/'));
  for (const providers::Kind* kind : providers::kinds()) {
    const bool is_own = settings.has_entry(kind->name);  // An entry without its key, or a malformed one.
    if (find_provider(settings, kind->name) != nullptr || (kind->key_setting.empty() && !is_own)) continue;
    const bool is_asked_for = prefix.size() < target.size() && prefix == kind->name;
    if (!is_asked_for && !serves_family(*kind, target)) continue;
    const std::string_view setting = is_own ? providers::compatible_kind().key_setting : kind->key_setting;
    return " The setting " + std::string(setting) + " would make it available.";
  }
  return {};
}

std::string suggestions(const Settings& settings, std::string_view target, const Hints& hints) {
  std::vector<std::string> known;
  for (ListedModel& model : known_models(settings)) {
    if (hints.may_be_named(model.id)) known.push_back(std::move(model.id));
  }
  if (known.empty()) return {};
  const std::string_view wanted = split_target(settings, target).model;
  std::string sentence = " The nearest known names:";
  std::string_view separator = " ";
  for (const std::string& name : nearest_names(wanted, known, kSuggestionsMax)) {
    sentence.append(separator).append(name);
    separator = ", ";
  }
  return sentence + ".";
}

Error model_not_found(const Settings& settings, const TargetText& target, const Hints& hints) {
  Error error;
  error.kind = ErrorKind::kModelNotFound;
  error.param = "model";
  error.message = "No configured provider serves the model " + quoted(target.text);
  if (!target.alias.empty()) error.message += ", for which " + quoted(target.alias) + " stands";
  error.message += '.';
  if (hints.has_settings) error.message += setting_hint(settings, target.text);
  error.message += suggestions(settings, target.text, hints);
  return error;
}

// The targets of a leg as text, with aliases replaced by their targets.
Result<std::vector<TargetText>> read_targets(const Settings& settings, std::string_view leg) {
  std::vector<TargetText> targets;
  for (const std::string_view part : split(leg, '|')) {
    if (part.empty()) return bad_model("A fallback in " + quoted(leg) + " is empty.");
    for (const TargetText& target : expand_alias(settings, part)) targets.push_back(target);
  }
  if (targets.size() > kFallbacksMax) {
    return bad_model("A leg has " + std::to_string(targets.size()) + " targets; the most is " +
                     std::to_string(kFallbacksMax) + ".");
  }
  return targets;
}

Result<Leg> resolve_leg(const Settings& settings, std::string_view text, const Hints& hints) {
  if (text.empty()) return bad_model("A model name is empty.");
  if (has_control_character(text)) return bad_model("A model name holds a control character.");

  Result<std::vector<TargetText>> targets = read_targets(settings, text);
  if (!targets) return targets.error();

  Leg leg;
  leg.name = text;
  for (const TargetText& target : *targets) {
    std::vector<Target> found = find_target(settings, target.text);
    if (found.empty()) return model_not_found(settings, target, hints);
    for (Target& way : found) leg.targets.push_back(std::move(way));
  }
  return leg;
}

}  // namespace

Result<std::vector<Leg>> resolve_model(const Settings& settings, std::string_view model) {
  return resolve_model(settings, model, {.may_be_named = [](std::string_view /*id*/) { return true; }});
}

Result<std::vector<Leg>> resolve_model(const Settings& settings, std::string_view model, const Hints& hints) {
  if (model.size() > kModelBytesMax) {
    return bad_model("model is longer than " + std::to_string(kModelBytesMax) + " bytes.");
  }
  const std::vector<std::string_view> texts = split(model, ',');
  if (texts.size() > kLegsMax) {
    return bad_model("model asks for " + std::to_string(texts.size()) + " models at once; the most is " +
                     std::to_string(kLegsMax) + ".");
  }
  std::vector<Leg> legs;
  for (const std::string_view text : texts) {
    Result<Leg> leg = resolve_leg(settings, text, hints);
    if (!leg) return leg.error();
    legs.push_back(std::move(*leg));
  }
  return legs;
}

}  // namespace onellm::routing
