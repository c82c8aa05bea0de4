#include "dialects/common/client/gateway_options.h"

namespace onellm::dialects {

namespace {

using chat::GatewayOptions;
using json::key_is;

// Complains if the key was in the object before. If a flag is given twice, the gateway and the provider might use
// different values.
void note_once(FieldReader& fields, bool& seen) {
  if (seen) fields.complain("is given twice");
  seen = true;
}

}  // namespace

GatewayOptions decode_gateway_options(FieldReader& fields, json::Value& value) {
  GatewayOptions options;
  bool merge_seen = false;
  bool strict_seen = false;
  bool lane_seen = false;
  bool cost_seen = false;
  bool auto_cache_seen = false;
  fields.members(value, [&](json::RawString key, json::Value& member) {
    json::RawString text;
    if (key_is(key, "merge")) {
      note_once(fields, merge_seen);
      fields.text(member, text);
      options.merge = json::unescape(text);
    } else if (key_is(key, "strict")) {
      note_once(fields, strict_seen);
      fields.boolean(member, options.strict);
    } else if (key_is(key, "lane")) {
      note_once(fields, lane_seen);
      fields.text(member, text);
      if (!key_is(text, "translated")) fields.complain("must be translated, or left out");
      options.lane = json::unescape(text);
    } else if (key_is(key, "cost")) {
      note_once(fields, cost_seen);
      fields.boolean(member, options.cost);
    } else if (key_is(key, "auto_cache")) {
      note_once(fields, auto_cache_seen);
      fields.boolean(member, options.auto_cache);
    } else {
      fields.complain("is not an option of this gateway: merge, strict, lane, cost and auto_cache are");
    }
  });
  return options;
}

}  // namespace onellm::dialects
