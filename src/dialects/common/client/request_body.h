// What the decoders of clients' requests do alike at the top of a body.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "dialects/common/client/field_reader.h"
#include "json/buffer.h"
#include "json/reader.h"

namespace onellm::dialects {

// Calls for each member of the body, null or not. Error: kBadRequest if the body is no JSON. That it is no object, and
// what `on_member` complains of, is a complaint of `fields`.
[[nodiscard]] std::optional<Error> read_request_body(const json::Buffer& body, FieldReader& fields,
                                                     FieldReader::OnMember on_member);

// Adds a key to the top-level ones. False, with a complaint: there are too many, it is too long, or it is there
// already.
[[nodiscard]] bool add_key(FieldReader& fields, json::RawString key, std::vector<json::RawString>& keys);

// The field `model`. On a complaint `model` is unchanged.
void read_model(FieldReader& fields, json::Value& value, std::string& model);

}  // namespace onellm::dialects
