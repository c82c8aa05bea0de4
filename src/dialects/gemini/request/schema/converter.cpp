#include "dialects/gemini/request/schema/converter.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "dialects/gemini/request/schema/gatherer.h"
#include "dialects/gemini/request/schema/keywords.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

namespace {

constexpr SchemaTypes kAllTypes[] = {kStringType, kIntegerType, kNumberType, kBooleanType, kArrayType, kObjectType};

constexpr const char* kTooMuch = "is too large, with the schemas before it, once its $refs are inlined";

bool is_one_type(SchemaTypes types) { return types != 0 && (types & (types - 1)) == 0; }

class SchemaConverter {
 public:
  // `bytes_max`: the maximum size of `out`.
  SchemaConverter(const SchemaTree& tree, size_t bytes_max, std::string& out)
      : tree_(tree), bytes_max_(bytes_max), out_(out), gatherer_(tree) {}

  const char* convert() {
    write_schema(tree_.root());
    return gatherer_.complaint();
  }

 private:
  void write_schema(const SchemaNode& node) {
    if (depth_ == kSchemaDepthMax) gatherer_.complain("nests too deeply, or holds a $ref that leads back to itself");
    if (out_.size() > bytes_max_) gatherer_.complain(kTooMuch);
    if (gatherer_.complaint() != nullptr) return;
    ++depth_;
    const GatheredSchema schema = gatherer_.gather(node);
    if (gatherer_.complaint() == nullptr) write_gathered(schema);
    --depth_;
  }

  void write_gathered(const GatheredSchema& schema) {
    const SchemaSources& sources = schema.sources;
    const SchemaTypes all = sources.types();
    const auto types = static_cast<SchemaTypes>(all & ~kNullType);
    json::ObjectWriter object(out_);
    copy_keyword(object, sources, "title", "title", json::Type::kString);
    copy_keyword(object, sources, "description", "description", json::Type::kString);
    if (all == kNullType && schema.branches.empty()) return object.add_plain("type", "null");
    if (is_one_type(types)) write_type(object, sources, types);
    const SchemaNode* const said = sources.find("nullable", json::Type::kBoolean);
    const bool is_said = said != nullptr && said->text.text == "true";
    if (schema.is_nullable || all != types || is_said) object.add("nullable", true);
    for (const std::string_view key : {"default", "example"}) {
      if (const SchemaNode* value = sources.find(key); value != nullptr) tree_.write(*value, object.begin(key));
    }
    write_branches(object, schema, types);
  }

  // Writes `anyOf` if there are several types or several alternative schemas.
  void write_branches(json::ObjectWriter& object, const GatheredSchema& schema, SchemaTypes types) {
    const bool by_type = types != 0 && !is_one_type(types);
    if (!by_type && schema.branches.empty()) return;
    json::ArrayWriter any_of(object.begin("anyOf"));
    if (!by_type) {
      for (const SchemaNode* branch : schema.branches) {
        (void)any_of.next();
        write_schema(*branch);
      }
      return;
    }
    for (const SchemaTypes type : kAllTypes) {
      if ((types & type) == 0) continue;
      json::ObjectWriter branch(any_of.next());
      write_type(branch, schema.sources, type);
    }
  }

  // Writes the type and the keywords that belong to it.
  void write_type(json::ObjectWriter& object, const SchemaSources& sources, SchemaTypes type) {
    write_type_keywords(object, sources, type);
    if (type == kArrayType) write_items(object, sources);
    if (type == kObjectType) write_properties(object, sources);
  }

  // Writes `items`, which every array needs. For a tuple it is any of the listed schemas.
  void write_items(json::ObjectWriter& object, const SchemaSources& sources) {
    const SchemaNode* items = sources.find("prefixItems", json::Type::kArray);
    if (items == nullptr) items = sources.find("items");
    (void)object.begin("items");
    const SchemaNode* const first = items == nullptr ? nullptr : tree_.first(*items);
    if (items == nullptr || (items->type == json::Type::kArray && first == nullptr)) {
      out_ += "{}";
    } else if (items->type != json::Type::kArray) {
      write_schema(*items);
    } else if (tree_.next(*first) == nullptr) {
      write_schema(*first);
    } else {
      json::ObjectWriter any(out_);
      json::ArrayWriter list(any.begin("anyOf"));
      for (const SchemaNode* one = first; one != nullptr; one = tree_.next(*one)) {
        (void)list.next();
        write_schema(*one);
      }
    }
  }

  // --- objects ---

  // True if one of the first `end` nodes has the property.
  bool has_property(const SchemaSources& sources, size_t end, json::RawString name) const {
    const std::string plain = json::unescape(name);
    for (size_t i = 0; i < end; ++i) {
      const SchemaNode* const properties = tree_.member(*sources.nodes()[i], "properties");
      if (properties != nullptr && tree_.member(*properties, plain) != nullptr) return true;
    }
    return false;
  }

  bool is_required(const SchemaSources& sources, size_t end, json::RawString name) const {
    for (size_t i = 0; i < end; ++i) {
      const SchemaNode* const required = tree_.member(*sources.nodes()[i], "required");
      if (required == nullptr) continue;
      for (const SchemaNode* one = tree_.first(*required); one != nullptr; one = tree_.next(*one)) {
        tree_.spend(name.text.size());
        if (one->text == name) return true;
      }
    }
    return false;
  }

  void write_properties(json::ObjectWriter& object, const SchemaSources& sources) {
    std::string* properties = nullptr;
    for (size_t i = 0; i < sources.nodes().size(); ++i) {
      const SchemaNode* const map = tree_.member(*sources.nodes()[i], "properties");
      if (map == nullptr || map->type != json::Type::kObject) continue;
      for (const SchemaNode* property = tree_.first(*map); property != nullptr; property = tree_.next(*property)) {
        if (has_property(sources, i, property->key)) continue;
        if (properties == nullptr) {
          properties = &object.begin("properties");
          out_ += '{';
        } else {
          out_ += ',';
        }
        out_.append(1, '"').append(property->key.text).append("\":");
        write_schema(*property);
      }
    }
    if (properties == nullptr) return;  // Gemini refuses empty `properties`.
    out_ += '}';
    write_required(object, sources);
  }

  // Writes `required`. Names without a property are left out, because Gemini refuses them.
  void write_required(json::ObjectWriter& object, const SchemaSources& sources) {
    std::vector<const SchemaNode*> names;
    const size_t count = sources.nodes().size();
    for (size_t i = 0; i < count; ++i) {
      const SchemaNode* const required = tree_.member(*sources.nodes()[i], "required");
      if (required == nullptr || required->type != json::Type::kArray) continue;
      for (const SchemaNode* name = tree_.first(*required); name != nullptr; name = tree_.next(*name)) {
        const bool is_good = name->type == json::Type::kString && has_property(sources, count, name->text);
        if (is_good && !is_required(sources, i, name->text)) names.push_back(name);
      }
    }
    if (names.empty()) return;
    json::ArrayWriter list(object.begin("required"));
    for (const SchemaNode* name : names) tree_.write(*name, list.next());
  }

  const SchemaTree& tree_;
  const size_t bytes_max_;
  std::string& out_;
  SchemaGatherer gatherer_;
  size_t depth_ = 0;
};

}  // namespace

const char* convert_schema(json::Raw schema, SchemaBudget& budget, std::string& out) {
  SchemaTree tree(budget.steps);
  if (!tree.read(schema)) return "holds too many values";
  const size_t same_size = out.size() + schema.text.size();
  const char* const complaint = SchemaConverter(tree, same_size + budget.growth_bytes, out).convert();
  if (budget.steps == 0) return kTooMuch;  // Other errors may only be a consequence of this one.
  if (out.size() > same_size) budget.growth_bytes -= std::min(budget.growth_bytes, out.size() - same_size);
  return complaint;
}

}  // namespace onellm::dialects::gemini
