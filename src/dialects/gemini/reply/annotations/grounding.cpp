#include "dialects/gemini/reply/annotations/grounding.h"

#include <vector>

#include "json/reader.h"

namespace onellm::dialects::gemini {

namespace {

using json::key_is;

struct Source {
  json::RawString url;
  json::RawString title;
};

// A part of the text, in bytes, and the indices of its sources.
struct Support {
  int64_t part = 0;
  int64_t begin = 0;
  int64_t end = 0;
  std::vector<int64_t> sources;
};

void read_number(json::Value& value, int64_t& number) {
  if (!value.read(number)) number = 0;
}

// `{"web":{"uri","title"}}`; other kinds of sources have the same two members.
Source read_source(json::Value& chunk) {
  Source source;
  chunk.each_member([&](json::RawString, json::Value& kind) {
    kind.each_member([&](json::RawString key, json::Value& value) {
      if (key_is(key, "uri") && !value.read(source.url)) source.url = {};
      if (key_is(key, "title") && !value.read(source.title)) source.title = {};
    });
  });
  return source;
}

Support read_support(json::Value& value) {
  Support support;
  value.each_member([&](json::RawString key, json::Value& member) {
    if (key_is(key, "segment")) {
      member.each_member([&](json::RawString name, json::Value& number) {
        if (key_is(name, "partIndex")) read_number(number, support.part);
        if (key_is(name, "startIndex")) read_number(number, support.begin);
        if (key_is(name, "endIndex")) read_number(number, support.end);
      });
    } else if (key_is(key, "groundingChunkIndices")) {
      member.each_element([&](size_t, json::Value& index) {
        int64_t source = 0;
        if (index.read(source)) support.sources.push_back(source);
      });
    }
  });
  return support;
}

// The source with its place in characters. Without a URL if it has no place in the text.
chat::Citation cite(const Source& source, int64_t begin, int64_t end, const TextMap& text) {
  if (end <= begin || begin >= text.bytes() || !text.knows()) return {};
  return {.begin = text.characters_before(begin),
          .end = text.characters_before(end),
          .url = source.url,
          .title = source.title};
}

}  // namespace

SourceList sources_of_grounding(json::Raw grounding_metadata, const TextMap& text, PartBegin begin) {
  const json::Buffer buffer(grounding_metadata.text);
  json::Reader reader;
  std::vector<Source> sources;
  std::vector<Support> supports;
  if (!reader.open(buffer)) return {};
  reader.root().each_member([&](json::RawString key, json::Value& value) {
    if (key_is(key, "groundingChunks")) {
      value.each_element([&](size_t, json::Value& chunk) { sources.push_back(read_source(chunk)); });
    } else if (key_is(key, "groundingSupports")) {
      value.each_element([&](size_t, json::Value& support) { supports.push_back(read_support(support)); });
    }
  });

  SourceList list;
  for (const Support& support : supports) {
    const int64_t offset = begin(support.part);
    for (const int64_t source : support.sources) {
      if (source < 0 || source >= static_cast<int64_t>(sources.size())) continue;
      list.add(cite(sources[static_cast<size_t>(source)], offset + support.begin, offset + support.end, text));
    }
  }
  return list;
}

// `citations` or, in the Developer API, `citationSources`: [{"startIndex","endIndex","uri","title"}].
void add_sources_of_citations(json::Raw citation_metadata, const TextMap& text, SourceList& known) {
  const json::Buffer buffer(citation_metadata.text);
  json::Reader reader;
  if (!reader.open(buffer)) return;
  reader.root().each_member([&](json::RawString, json::Value& list) {
    list.each_element([&](size_t, json::Value& element) {
      Source source;
      int64_t begin = 0;
      int64_t end = 0;
      element.each_member([&](json::RawString key, json::Value& value) {
        if (key_is(key, "uri") && !value.read(source.url)) source.url = {};
        if (key_is(key, "title") && !value.read(source.title)) source.title = {};
        if (key_is(key, "startIndex")) read_number(value, begin);
        if (key_is(key, "endIndex")) read_number(value, end);
      });
      known.add_new(cite(source, begin, end, text));
    });
  });
}

}  // namespace onellm::dialects::gemini
