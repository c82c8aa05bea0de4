#include "dialects/anthropic_messages/request/schema/fit.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/common/request/raw_values.h"
#include "json/reader.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using json::key_is;

constexpr std::string_view kDefinitions[] = {"#/$defs/", "#/definitions/"};

// Reads a schema and all schemas in it.
class SchemaMeter {
 public:
  SchemaFit measure(json::Value& root, SchemaUse use) {
    definitions_.emplace_back();  // The root, which has no name.
    read(root, use == SchemaUse::kTool, true);
    if (has_cycle()) fit_.fits = false;
    return fit_;
  }

 private:
  // A named definition and the names that it refers to.
  struct Definition {
    std::string name = {};
    std::vector<std::string> refs = {};
    bool is_done = false;
    bool is_open = false;
  };

  // The keywords of one schema, without those of the schemas in it.
  struct Shape {
    std::vector<std::string> properties = {};
    std::vector<std::string> required = {};
    bool is_object = false;
    bool is_closed = false;     // additionalProperties: false
    bool has_schema = false;    // additionalProperties: a schema
    bool is_described = false;  // It has a reference, a union or fixed values.
    bool is_union = false;
    int references = 0;  // Number of $ref and allOf (an allOf may become a $ref).
  };

  void read(json::Value& schema, bool may_be_empty, bool is_root) {
    Shape shape;
    schema.each_member([&](json::RawString key, json::Value& value) { take(key, value, is_root, shape); });
    count(shape, may_be_empty);
  }

  void take(json::RawString key, json::Value& value, bool is_root, Shape& shape) {
    if (key_is(key, "type")) {
      take_type(value, shape);
    } else if (key_is(key, "properties")) {
      shape.is_object = true;
      value.each_member([&](json::RawString name, json::Value& member) {
        shape.properties.push_back(json::unescape(name));
        read_inner(member);
      });
    } else if (key_is(key, "required")) {
      value.each_element([&shape](size_t /*index*/, json::Value& element) {
        json::RawString name;
        if (element.read(name)) shape.required.push_back(json::unescape(name));
      });
    } else if (key_is(key, "additionalProperties")) {
      shape.is_object = true;
      shape.has_schema = value.type() == json::Type::kObject;
      bool is_open = true;
      shape.is_closed = value.read(is_open) && !is_open;
    } else if (key_is(key, "items")) {
      read_inner(value);
    } else if (key_is(key, "anyOf") || key_is(key, "oneOf")) {
      shape.is_union = shape.is_described = true;
      value.each_element([this](size_t /*index*/, json::Value& element) { read_inner(element); });
    } else if (key_is(key, "allOf")) {
      shape.is_described = true;
      ++shape.references;
      take_all_of(value);
    } else if (key_is(key, "$ref")) {
      shape.is_described = true;
      ++shape.references;
      take_ref(value);
    } else if (key_is(key, "enum") || key_is(key, "const")) {
      shape.is_described = true;
    } else if (key_is(key, "$defs") || key_is(key, "definitions")) {
      value.each_member([&](json::RawString name, json::Value& member) { read_definition(name, member, is_root); });
    }
  }

  static void take_type(json::Value& value, Shape& shape) {
    json::RawString word;
    if (value.type() == json::Type::kString) {
      if (value.read(word)) shape.is_object |= key_is(word, "object");
      return;
    }
    shape.is_union |= value.each_element([&](size_t /*index*/, json::Value& element) {
      if (element.read(word)) shape.is_object |= key_is(word, "object");
    });
  }

  void read_inner(json::Value& schema) {
    if (schema.type() == json::Type::kObject) read(schema, false, false);
  }

  // The API accepts allOf only without references; a single reference is written as a plain $ref.
  void take_all_of(json::Value& value) {
    const json::Raw list = value.raw();
    json::Raw ref;
    if (is_single_ref(list, ref)) return add_ref(text_of(ref));
    read_raw(list, [this](json::Value& copy) {
      copy.each_element([this](size_t /*index*/, json::Value& element) {
        if (element.type() != json::Type::kObject) return;
        const size_t refs_before = refs_seen_;
        read(element, false, false);
        if (refs_seen_ > refs_before) fit_.fits = false;
      });
    });
  }

  void take_ref(json::Value& value) {
    json::RawString path;
    if (value.read(path)) add_ref(path);
  }

  // References may only point to a named definition: not to the root, into a definition, or to another document.
  void add_ref(json::RawString path) {
    ++refs_seen_;
    const std::string plain = json::unescape(path);
    for (const std::string_view prefix : kDefinitions) {
      if (!plain.starts_with(prefix)) continue;
      std::string name = plain.substr(prefix.size());
      if (name.find('/') == name.npos) return definitions_[current_].refs.push_back(std::move(name));
    }
    fit_.fits = false;
  }

  void read_definition(json::RawString name, json::Value& schema, bool is_root) {
    if (!is_root) fit_.fits = false;  // References cannot point to nested definitions.
    const size_t around = std::exchange(current_, definitions_.size());
    definitions_.push_back({.name = json::unescape(name)});
    read_inner(schema);
    current_ = around;
  }

  void count(const Shape& shape, bool may_be_empty) {
    if (shape.is_union) ++fit_.unions;
    if (shape.references > 1) fit_.fits = false;
    for (const std::string& name : shape.properties) {
      if (std::find(shape.required.begin(), shape.required.end(), name) == shape.required.end()) ++fit_.optional;
    }
    const bool is_any_object = shape.is_object && shape.properties.empty() && !shape.is_closed && !shape.is_described;
    if (shape.has_schema || (is_any_object && !may_be_empty)) fit_.fits = false;
  }

  bool has_cycle() {
    for (size_t i = 0; i < definitions_.size(); ++i) {
      if (leads_to_itself(i)) return true;
    }
    return false;
  }

  // The path is never longer than the number of definitions, which the size of the body limits.
  bool leads_to_itself(size_t start) {
    std::vector<std::pair<size_t, size_t>> path;  // Index of a definition, index of its next reference.
    if (!definitions_[start].is_done) path.emplace_back(start, 0);
    while (!path.empty()) {
      auto& [at, next] = path.back();
      definitions_[at].is_open = true;
      if (next == definitions_[at].refs.size()) {
        definitions_[at].is_open = false;
        definitions_[at].is_done = true;
        path.pop_back();
        continue;
      }
      const size_t target = find(definitions_[at].refs[next++]);
      if (target == definitions_.size() || definitions_[target].is_done) continue;
      if (definitions_[target].is_open) return true;
      path.emplace_back(target, 0);
    }
    return false;
  }

  size_t find(const std::string& name) const {
    for (size_t i = 1; i < definitions_.size(); ++i) {
      if (definitions_[i].name == name) return i;
    }
    return definitions_.size();
  }

  SchemaFit fit_;
  std::vector<Definition> definitions_;
  size_t current_ = 0;  // Index of the definition that is being read.
  size_t refs_seen_ = 0;
};

}  // namespace

SchemaFit measure_schema(json::Raw schema, SchemaUse use) {
  SchemaFit fit;
  if (schema.empty()) return fit;
  read_raw(schema, [&](json::Value& root) {
    if (root.type() == json::Type::kObject) fit = SchemaMeter().measure(root, use);
  });
  return fit;
}

bool StrictRoom::take_tool(const SchemaFit& fit) {
  if (tools_ == 0 || !take(fit)) return false;
  --tools_;
  return true;
}

bool StrictRoom::take(const SchemaFit& fit) {
  if (!fit.fits || fit.optional > optional_ || fit.unions > unions_) return false;
  optional_ -= fit.optional;
  unions_ -= fit.unions;
  return true;
}

bool is_single_ref(json::Raw all_of, json::Raw& ref) {
  size_t schemas = 0;
  bool has_others = false;
  std::string_view found;
  read_raw(all_of, [&](json::Value& list) {
    has_others = !list.each_element([&](size_t /*index*/, json::Value& element) {
      ++schemas;
      has_others |= !element.each_member([&](json::RawString key, json::Value& value) {
        const json::Raw raw = value.raw();
        if (!key_is(key, "$ref") || !raw.text.starts_with('"')) {
          has_others = true;
        } else {
          found = all_of.text.substr(all_of.text.find(raw.text), raw.text.size());  // `raw` views a temporary copy.
        }
      });
    }) || has_others;
  });
  if (schemas != 1 || has_others || found.empty()) return false;
  ref = {found};
  return true;
}

}  // namespace onellm::dialects::anthropic_messages
