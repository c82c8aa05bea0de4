// Every bound of the core, by name. A Worker's isolate has 128 MB for all its requests together, and
// WebAssembly memory never shrinks, so nothing that a peer sends may grow without one of these.
#pragma once

#include <cstddef>
#include <cstdint>

namespace onellm {

// One budget for all that the requests of an instance hold (gateway/session/memory.h). What is left of the 128 MB is
// for parsing, for the module itself, and for the holes between allocations. A leg or a request is called large, small,
// tiny or minimal by what it holds itself. When all requests together hold more than the figure for its size, it fails
// with 503 instead of growing.
inline constexpr size_t kHeldBeforeMinimalBytesMax = 56 * 1024 * 1024;  // For minimal ones.
inline constexpr size_t kHeldBytesMax = 48 * 1024 * 1024;               // For tiny ones, and for new requests.
inline constexpr size_t kHeldBeforeSmallBytesMax = 40 * 1024 * 1024;    // For small ones.
inline constexpr size_t kHeldBeforeLargeBytesMax = 28 * 1024 * 1024;    // For large ones; the most of one request, too.
inline constexpr size_t kSmallHoldingBytesMax = 256 * 1024;             // What a small one may hold, at most,
inline constexpr size_t kTinyHoldingBytesMax = 32 * 1024;               // a tiny one,
inline constexpr size_t kMinimalHoldingBytesMax = 8 * 1024;             // and a minimal one.
inline constexpr size_t kParsingBytesMax = 72 * 1024 * 1024;  // What is held, and what a parser takes beside it:
inline constexpr size_t kParseFactor = 5;                     // a copy, and four bytes of index for each of the text.

inline constexpr size_t kBodyBytesMaxDefault = 8 * 1024 * 1024;      // ONELLM_MAX_BODY_BYTES.
inline constexpr size_t kBodyBytesMaxCeiling = 8 * 1024 * 1024;      // A setting may lower it, not raise it past this.
inline constexpr size_t kBodiesInFlightBytesMax = 12 * 1024 * 1024;  // All request bodies of an instance.
inline constexpr size_t kSmallBodyBytes = 256 * 1024;                // Such bodies may use a reserve beyond that.
inline constexpr size_t kSmallBodiesReserveBytes = 4 * 1024 * 1024;
inline constexpr size_t kEncodedBytesMax = 16 * 1024 * 1024;          // What one request becomes for all its targets,
inline constexpr size_t kEncodedInFlightBytesMax = 32 * 1024 * 1024;  // and all of an instance: in memory of their own.
inline constexpr size_t kReplyBytesMax = 8 * 1024 * 1024;             // A reply that is read whole.
inline constexpr size_t kReplyPieceBytes = 256 * 1024;                // Of a whole reply that is longer: sent in such
                                                                      // pieces, each when the client has the last.
inline constexpr size_t kRepliesInFlightBytesMax = 16 * 1024 * 1024;  // Those of legs that wait for one another.
inline constexpr size_t kEchoAnswerBytesMax = 2 * 1024 * 1024;        // Of the echo, all its choices together.
inline constexpr size_t kModelListBytesMax = 4 * 1024 * 1024;         // A provider's list of models, all its pages.
inline constexpr size_t kModelsAnswerBytesMax = 8 * 1024 * 1024;      // Our own list; what comes after is left out.
inline constexpr size_t kModelListPagesMax = 10;              // Of such a list; what comes after them is left out.
inline constexpr size_t kErrorBodyBytesMax = 64 * 1024;       // Of an upstream error, more is cut off.
inline constexpr size_t kSseEventBytesMax = 4 * 1024 * 1024;  // One event of a stream.
inline constexpr size_t kLargeEventBytes = 64 * 1024;         // Of an event that is worth to be cleaned up after.
inline constexpr size_t kPeekedBytesMax = kSseEventBytesMax + 64 * 1024;  // Of a stream, until content comes.
// A leg whose turn has not come is not read on when its waiting events have so much text, or take so much memory.
inline constexpr size_t kWaitingLegTextBytesMax = 256 * 1024;
inline constexpr size_t kWaitingLegEventsBytesMax = 1024 * 1024;
inline constexpr size_t kJoinedTextBytesMax = 16 * 1024;            // Of one event that waits: pieces are joined to it,
inline constexpr size_t kJoinedExtraBytesMax = 1024;                // and members of the reply that came with them.
inline constexpr size_t kHeldCallsBytesMax = 1024 * 1024;           // Calls of one of several legs, until it has ended.
inline constexpr size_t kHeldCallExtrasBytesMax = 4 * 1024 * 1024;  // Signatures of those calls.
inline constexpr size_t kRacingLegBytesMax = 8 * 1024 * 1024;       // What a leg says in a race that nobody has won.
inline constexpr size_t kJsonDepthMax = 128;                        // Nested arrays and objects.
inline constexpr size_t kLegsMax = 5;                               // A Worker has six connections a request.
inline constexpr size_t kFallbacksMax = 8;                          // Targets in one leg.
inline constexpr size_t kModelBytesMax = 4096;                      // The `model` field,
inline constexpr size_t kModelNotedBytesMax = 256;                  // and what of it is noted in data points and logs.
inline constexpr size_t kNotedExtraBytesMax = 1024;    // Of the members beside an answer, to tell whether they changed.
inline constexpr size_t kDropsMax = 1024;              // Names of what a target cannot honour of a request.
inline constexpr size_t kHostedMembersMax = 64;        // That are named of a tool which OpenAI runs itself.
inline constexpr size_t kListHeaderBytesMax = 4096;    // Of what a header of the reply lists of all legs.
inline constexpr size_t kPassedHeaderBytesMax = 1024;  // Of a header that an upstream's reply passes on.
inline constexpr size_t kCooldownsMax = 256;        // Places in trouble, and models in several places: as many of each.
inline constexpr size_t kLessonsMax = 256;          // What an isolate remembers that providers refused: so many,
inline constexpr size_t kLessonBytesMax = 512;      // each with so long a model and value, and
inline constexpr uint32_t kLessonMs = 3'600'000;    // for so long.
inline constexpr size_t kRequestKeysMax = 512;      // Top-level keys of a request.
inline constexpr size_t kRequestKeyBytesMax = 256;  // One such key.
inline constexpr size_t kRequestElementsMax = 64 * 1024;      // Messages, parts, calls, tools of a request together.
inline constexpr size_t kBorrowedValuesMax = 128 * 1024;      // Blocks and members of a message in another form.
inline constexpr size_t kChoicesMax = 128;                    // `n`, and choice indexes of a reply.
inline constexpr size_t kToolCallsMax = 1024;                 // In one message of a reply.
inline constexpr size_t kToolNamesBytesMax = 128 * 1024;      // Their ids and names, together.
inline constexpr size_t kUnfinishedTurnBytesMax = 2 << 20;    // What a paused turn said, to be sent back with it,
inline constexpr uint32_t kContinuedCallsMax = 3;             // and how often one is gone on with.
inline constexpr size_t kOutputItemsMax = 4096;               // Items that a reply is made of.
inline constexpr size_t kThinkingBytesMax = 512 * 1024;       // Signed reasoning that a client is to send back.
inline constexpr size_t kAnnotationBytesMax = 256 * 1024;     // Citations of a streamed answer.
inline constexpr size_t kTextRunsMax = 16 * 1024;             // Of characters of one width, in a cited text.
inline constexpr size_t kHeldTextBytesMax = 64 * 1024;        // Text that may turn out not to be the answer.
inline constexpr size_t kWaitingExtraBytesMax = 8 * 1024;     // Unknown members of a reply, until an event takes them.
inline constexpr size_t kHeldExtraBytesMax = 64 * 1024;       // Unknown members of a choice before its answer.
inline constexpr size_t kSchemaNodesMax = 8 * 1024;           // Values of a JSON Schema that is converted.
inline constexpr size_t kSchemaStepsMax = 4 * 1024 * 1024;    // Looks at values of a request's schemas, and
inline constexpr size_t kSchemaGrowthBytesMax = 1024 * 1024;  // what they grow by, converted: all in one turn.
inline constexpr size_t kSchemaDepthMax = 32;                 // Schemas within schemas of it.
inline constexpr size_t kSchemaSourcesMax = 256;              // What one of them is joined from.
inline constexpr size_t kLoggedTextBytesMax = 8 * 1024;       // Of a body, where ONELLM_LOG_BODIES has it logged.
inline constexpr size_t kSettingBytesMax = 64 * 1024;         // One setting.

inline constexpr size_t kLedgerRowsMax = 256;                          // Of calls that wait for the ledger.
inline constexpr size_t kLedgerKeysMax = 64;                           // Rows beyond them, for what has no own row.
inline constexpr size_t kLedgerNameBytesMax = 128;                     // A key, a model, a provider in it.
inline constexpr size_t kLedgerHourRowsMax = 1'000;                    // Of one hour in the ledger.
inline constexpr size_t kLedgerObjectRowsMax = 500'000;                // In all of it.
inline constexpr int64_t kCallCostPicoUsdMax = 1'000'000'000'000'000;  // $1000; who says more is mistaken.
inline constexpr int64_t kTokensMax =
    1'000'000'000'000;                             // A provider's count: far from overflow, however many are added.
inline constexpr size_t kUsageGroupsMax = 10'000;  // In one answer about usage.

inline constexpr uint32_t kBusyRetryAfterS = 1;  // What a client is asked to wait that found no memory.
inline constexpr uint32_t kConnectTimeoutMsDefault = 60'000;
inline constexpr uint32_t kFirstTokenTimeoutMsDefault = 300'000;
inline constexpr uint32_t kIdleTimeoutMsDefault = 120'000;
inline constexpr uint32_t kTotalTimeoutMsDefault = 600'000;  // To the first byte of the answer.
inline constexpr uint32_t kRetriesDefault = 2;
inline constexpr uint32_t kRetriesMax = 5;
inline constexpr uint32_t kLingerMs = 1'000;  // For an upstream to close a stream that is complete.
inline constexpr uint32_t kEndAfterFinishMs =
    1'750;                                           // For usage and the end mark to follow the last finish_reason: two
                                                     // seconds, less the 250 ms that copies of a relayed stream lag.
inline constexpr uint32_t kRelayStopMs = 1'000;      // For the last copies of a relayed stream that is being ended.
inline constexpr uint32_t kBodyRoomWaitMs = 10'000;  // For a body to find room, before it is refused.
inline constexpr uint32_t kBodyRoomPollMs = 50;
inline constexpr uint32_t kBodyIdleTimeoutMs = 60'000;          // Between pieces of a client's body,
inline constexpr uint32_t kBodyBytesPerSecondMin = 32 * 1024;   // and no longer for all it lags behind this.
inline constexpr uint32_t kReplyIdleTimeoutMs = 60'000;         // Until a client takes the next piece of a reply,
inline constexpr uint32_t kReplyBytesPerSecondMin = 32 * 1024;  // and no longer for all it lags behind this.
inline constexpr uint32_t kModelListTimeoutMs = 5'000;          // For a provider to list its models.
inline constexpr uint32_t kModelListKeptS = 3'600;              // In KV, before the provider is asked again.
inline constexpr uint32_t kKeepAliveMs = 15'000;                // Of upstream silence, and of waiting for the head.
inline constexpr uint32_t kUsageTimeoutMs = 20'000;             // For usage to be added up.
inline constexpr uint32_t kLedgerFlushMs = 1'000;               // That a call waits for the ledger at most…
inline constexpr uint32_t kLedgerFlushCalls = 100;              // …or until so many wait.
inline constexpr uint32_t kLedgerOverdueMs = 2'000;             // After this, the next call requests the flush.
inline constexpr uint32_t kLedgerDaysDefault = 400;             // ONELLM_LEDGER_DAYS.
inline constexpr uint32_t kLedgerDaysMax = 3'650;

}  // namespace onellm
