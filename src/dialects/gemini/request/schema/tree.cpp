#include "dialects/gemini/request/schema/tree.h"

#include "base/limits.h"
#include "base/text.h"

namespace onellm::dialects::gemini {

namespace {

// Decodes escapes such as `%3C` for `<`. Invalid escapes stay unchanged.
std::string percent_decode(std::string_view text) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
  const auto is_hex_digit = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && is_hex_digit(text[i + 1]) && is_hex_digit(text[i + 2])) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

bool SchemaTree::read(json::Raw schema) {
  nodes_.clear();
  text_.assign(schema.text);
  json::Reader reader;
  if (!reader.open(text_)) return false;
  json::Value root = reader.root();
  add({}, root);
  return reader.finish() && nodes_.size() <= kSchemaNodesMax;
}

uint32_t SchemaTree::add(json::RawString key, json::Value& value) {
  const auto index = static_cast<uint32_t>(nodes_.size());
  const json::Type type = value.type();
  nodes_.push_back({.type = type, .key = key, .text = {}});
  uint32_t last = 0;
  const auto add_child = [&](json::RawString child_key, json::Value& child) {
    if (nodes_.size() > kSchemaNodesMax) return;  // read() reports it.
    const uint32_t added = add(child_key, child);
    (last == 0 ? nodes_[index].first : nodes_[last].next) = added;
    last = added;
  };
  if (type == json::Type::kObject) {
    value.each_member(add_child);
  } else if (type == json::Type::kArray) {
    value.each_element([&](size_t, json::Value& element) { add_child({}, element); });
  } else if (type != json::Type::kString || !value.read(nodes_[index].text)) {
    const std::string_view text = value.raw().text;
    nodes_[index].text = {text};
    nodes_[index].is_integer = type == json::Type::kNumber && text.find_first_of(".eE") == text.npos;
  }
  return index;
}

const SchemaNode* SchemaTree::member(const SchemaNode& object, std::string_view key) const {
  if (object.type != json::Type::kObject) return nullptr;
  for (const SchemaNode* node = first(object); node != nullptr; node = next(*node)) {
    spend(key.size());
    if (json::key_is(node->key, key)) return node;
  }
  return nullptr;
}

const SchemaNode* SchemaTree::child(const SchemaNode& node, std::string_view token) const {
  if (node.type != json::Type::kArray) return member(node, token);
  size_t index = 0;
  for (const SchemaNode* element = first(node); element != nullptr; element = next(*element)) {
    if (std::to_string(index++) == token) return element;
  }
  return nullptr;
}

const SchemaNode* SchemaTree::resolve(json::RawString reference) const {
  spend(kBytesAStep * reference.text.size());
  const std::string pointer = percent_decode(json::unescape(reference));
  if (!pointer.starts_with('#')) return nullptr;
  const SchemaNode* node = &root();
  std::string_view rest = std::string_view(pointer).substr(1);
  while (node != nullptr && !rest.empty()) {
    if (rest.front() != '/') return nullptr;
    rest.remove_prefix(1);
    const std::string_view token = rest.substr(0, rest.find('/'));
    rest.remove_prefix(token.size());
    node = child(*node, replace_all(replace_all(token, "~1", "/"), "~0", "~"));
  }
  return node;
}

void SchemaTree::write(const SchemaNode& node, std::string& out) const {
  const bool is_object = node.type == json::Type::kObject;
  if (node.type == json::Type::kString) {
    out.append(1, '"').append(node.text.text).append(1, '"');
  } else if (is_object || node.type == json::Type::kArray) {
    out += is_object ? '{' : '[';
    for (const SchemaNode* child_node = first(node); child_node != nullptr; child_node = next(*child_node)) {
      if (child_node != first(node)) out += ',';
      if (is_object) out.append(1, '"').append(child_node->key.text).append("\":");
      write(*child_node, out);
    }
    out += is_object ? '}' : ']';
  } else {
    out += node.text.text;
  }
}

}  // namespace onellm::dialects::gemini
