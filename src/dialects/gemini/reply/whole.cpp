#include "dialects/gemini/reply/whole.h"

#include "dialects/common/reply/bad_reply.h"
#include "dialects/gemini/errors.h"
#include "dialects/gemini/reply/flow.h"
#include "dialects/gemini/reply/parse.h"
#include "json/reader.h"

namespace onellm::dialects::gemini {

namespace {

constexpr int kOk = 200;

// Takes one response. False if it failed: kFailed was emitted.
bool take_response(std::string_view text, ReplyReader& chunks, ReplyFlow& flow, chat::EventSink& sink) {
  const Chunk* chunk = chunks.read(text);
  if (chunk == nullptr) {
    flow.fail(bad_reply(chunks.problem()), sink);
  } else if (!flow.take(*chunk, sink)) {
    flow.fail(bad_reply(flow.problem()), sink);
  } else if (!chunk->error.empty()) {
    flow.fail(decode_stream_error(chunk->error), sink);
  } else {
    return true;
  }
  return false;
}

void decode_array(std::string_view body, const ReplyContext& asked, chat::EventSink& sink) {
  // The whole body is validated before any event is emitted: an array that was cut off gives no content.
  if (!json::is_valid(body)) return emit_failure(cut_short(), sink);
  const json::Buffer buffer(body);
  json::Reader reader;
  ReplyReader chunks;
  ReplyFlow flow(ReplyFlow::Form::kStream, asked);
  bool goes_on = reader.open(buffer);
  reader.root().each_element([&](size_t, json::Value& response) {
    goes_on = goes_on && take_response(response.raw().text, chunks, flow, sink);
  });
  if (goes_on) flow.end(cut_short(), sink);
}

}  // namespace

void decode_reply(std::string_view body, const ReplyContext& asked, chat::EventSink& sink) {
  if (!begin_json_body(body, sink)) return;
  if (body.starts_with('[')) return decode_array(body, asked, sink);
  ReplyReader chunks;
  ReplyFlow flow(ReplyFlow::Form::kWhole, asked);
  if (take_response(body, chunks, flow, sink)) flow.end(cut_short(), sink);
}

Error decode_error_body(std::string_view body) { return decode_error(kOk, body); }

}  // namespace onellm::dialects::gemini
