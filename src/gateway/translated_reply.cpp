#include "gateway/translated_reply.h"

#include <optional>
#include <string>
#include <utility>

#include "base/limits.h"

namespace onellm::gateway {

namespace {

class CallSink final : public chat::EventSink {
 public:
  explicit CallSink(UpstreamCall& call) : call_(call) {}
  void take(const chat::Event& event) override { call_.take(event); }

 private:
  UpstreamCall& call_;
};

// For what no client is to see any more.
class ReportSink final : public chat::EventSink {
 public:
  explicit ReportSink(LegReport& report) : report_(report) {}
  void take(const chat::Event& event) override { report_.note(event); }

 private:
  LegReport& report_;
};

class TranslatedWholeReply final : public ReplyReader {
 public:
  TranslatedWholeReply(UpstreamCall& call, const dialects::Dialect& dialect, const dialects::ReplyContext& context)
      : call_(call), sink_(call), dialect_(dialect), context_(context) {}

  void on_bytes(std::string_view bytes) override { body_ += bytes; }
  void on_end() override {
    const std::string body = std::exchange(body_, {});  // Freed here: the leg may live on for long.
    if (body.size() > kReplyBytesMax) {
      return call_.fail(
          {.kind = ErrorKind::kUpstreamBadReply, .message = call_.report().name + ": the reply is too large"});
    }
    if (const std::optional<Error> no_room = call_.hold_whole(body.size())) return call_.fail(*no_room);
    dialect_.decode_reply(body, context_, sink_);
  }
  void on_cut(const Error& cut) override { call_.fail(cut); }

 private:
  UpstreamCall& call_;
  CallSink sink_;
  const dialects::Dialect& dialect_;
  const dialects::ReplyContext& context_;
  std::string body_;
};

class TranslatedStreamReply final : public ReplyReader {
 public:
  TranslatedStreamReply(UpstreamCall& call, const dialects::Dialect& dialect, const dialects::ReplyContext& context)
      : call_(call), sink_(call), decoder_(dialect.make_stream_decoder(context)) {}

  void on_bytes(std::string_view bytes) override {
    decoder_->push(bytes, sink_);
    if (decoder_->awaits_end()) {
      call_.expect_end(kEndAfterFinishMs);
    } else {
      call_.expect_more();
    }
  }
  void on_end() override { decoder_->end(sink_); }
  void on_cut(const Error& cut) override { decoder_->cut(cut, sink_); }
  void on_cancelled() override {
    ReportSink sink(call_.report());
    decoder_->report_usage(sink);
  }

 private:
  UpstreamCall& call_;
  CallSink sink_;
  std::unique_ptr<dialects::StreamDecoder> decoder_;
};

}  // namespace

std::unique_ptr<ReplyReader> make_translated_whole_reply(UpstreamCall& call, const dialects::Dialect& dialect,
                                                         const dialects::ReplyContext& context) {
  return std::make_unique<TranslatedWholeReply>(call, dialect, context);
}

std::unique_ptr<ReplyReader> make_translated_stream_reply(UpstreamCall& call, const dialects::Dialect& dialect,
                                                          const dialects::ReplyContext& context) {
  return std::make_unique<TranslatedStreamReply>(call, dialect, context);
}

}  // namespace onellm::gateway
