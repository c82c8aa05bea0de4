#include "gateway/translated_reply.h"

#include <string>
#include <utility>

#include "base/limits.h"

namespace onellm::gateway {

namespace {

class LegSink final : public chat::EventSink {
 public:
  explicit LegSink(Leg& leg) : leg_(leg) {}
  void take(const chat::Event& event) override { leg_.take(event); }

 private:
  Leg& leg_;
};

class TranslatedWholeReply final : public ReplyReader {
 public:
  TranslatedWholeReply(Leg& leg, const dialects::Dialect& dialect, const dialects::ReplyContext& context)
      : leg_(leg), sink_(leg), dialect_(dialect), context_(context) {}

  void on_bytes(std::string_view bytes) override { body_ += bytes; }
  void on_end() override {
    if (body_.size() > kReplyBytesMax) {
      return leg_.fail(
          {.kind = ErrorKind::kUpstreamBadReply, .message = leg_.report().name + ": the reply is too large"});
    }
    const std::string body = std::exchange(body_, {});  // Freed here: the leg may live on for long.
    dialect_.decode_reply(body, context_, sink_);
  }
  void on_cut(const Error& cut) override { leg_.fail(cut); }

 private:
  Leg& leg_;
  LegSink sink_;
  const dialects::Dialect& dialect_;
  const dialects::ReplyContext& context_;
  std::string body_;
};

class TranslatedStreamReply final : public ReplyReader {
 public:
  TranslatedStreamReply(Leg& leg, const dialects::Dialect& dialect, const dialects::ReplyContext& context)
      : leg_(leg), sink_(leg), decoder_(dialect.make_stream_decoder(context)) {}

  void on_bytes(std::string_view bytes) override { decoder_->push(bytes, sink_); }
  void on_end() override { decoder_->end(sink_); }
  void on_cut(const Error& cut) override { leg_.take({.kind = chat::EventKind::kFailed, .error = &cut}); }

 private:
  Leg& leg_;
  LegSink sink_;
  std::unique_ptr<dialects::StreamDecoder> decoder_;
};

}  // namespace

std::unique_ptr<ReplyReader> make_translated_whole_reply(Leg& leg, const dialects::Dialect& dialect,
                                                         const dialects::ReplyContext& context) {
  return std::make_unique<TranslatedWholeReply>(leg, dialect, context);
}

std::unique_ptr<ReplyReader> make_translated_stream_reply(Leg& leg, const dialects::Dialect& dialect,
                                                          const dialects::ReplyContext& context) {
  return std::make_unique<TranslatedStreamReply>(leg, dialect, context);
}

}  // namespace onellm::gateway
