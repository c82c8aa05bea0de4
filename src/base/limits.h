// Every limit of the core, by name. A Worker's isolate has 128 MB for all its requests together, and WebAssembly
// memory never shrinks.
//
// Rule: nothing that a peer sends may grow without one of these limits.
//
// Words of this project: a leg is one of the models that a request asks for. A target is one way to reach the model of
// a leg; targets are tried in order. A room is a memory budget that must be reserved before memory is allocated.
#pragma once

#include <cstddef>
#include <cstdint>

namespace onellm {

// One memory budget for all requests of an instance (gateway/session/memory.h). The rest of the 128 MB is for parsing,
// for the module itself, and for gaps between allocations. A leg or a request is large, small, tiny or minimal by the
// bytes that it holds itself. When all requests together hold more than the limit for its size, it fails with 503.
inline constexpr size_t kHeldBeforeMinimalBytesMax = 56 * 1024 * 1024;  // For minimal ones.
inline constexpr size_t kHeldBytesMax = 48 * 1024 * 1024;               // For tiny ones, and for new requests.
inline constexpr size_t kHeldBeforeSmallBytesMax = 40 * 1024 * 1024;    // For small ones.
inline constexpr size_t kHeldBeforeLargeBytesMax = 28 * 1024 * 1024;    // For large ones, and for any one request.
inline constexpr size_t kSmallHoldingBytesMax = 256 * 1024;             // A small one holds at most this,
inline constexpr size_t kTinyHoldingBytesMax = 32 * 1024;               // a tiny one this,
inline constexpr size_t kMinimalHoldingBytesMax = 8 * 1024;             // and a minimal one this.
inline constexpr size_t kParsingBytesMax = 72 * 1024 * 1024;            // Held bytes plus the memory of a parser.
inline constexpr size_t kParseFactor = 5;  // A parser takes a copy, and four bytes of index for each byte.

inline constexpr size_t kBodyBytesMaxDefault = 8 * 1024 * 1024;      // ONELLM_MAX_BODY_BYTES.
inline constexpr size_t kBodyBytesMaxCeiling = 8 * 1024 * 1024;      // The setting may lower it, not raise it.
inline constexpr size_t kBodiesInFlightBytesMax = 12 * 1024 * 1024;  // All request bodies of an instance.
inline constexpr size_t kSmallBodyBytes = 256 * 1024;                // Bodies up to this size may also use the reserve:
inline constexpr size_t kSmallBodiesReserveBytes = 4 * 1024 * 1024;
inline constexpr size_t kEncodedBytesMax = 16 * 1024 * 1024;          // One request, encoded for all its targets.
inline constexpr size_t kEncodedInFlightBytesMax = 32 * 1024 * 1024;  // All encoded requests; a budget of its own.
inline constexpr size_t kReplyBytesMax = 8 * 1024 * 1024;             // A reply that is read whole.
inline constexpr size_t kReplyPieceBytes = 256 * 1024;                // A longer whole reply is sent in pieces of this
                                                                      // size, one after the client took the last.
inline constexpr size_t kRepliesInFlightBytesMax = 16 * 1024 * 1024;  // Replies of legs that wait for other legs.
inline constexpr size_t kEchoAnswerBytesMax = 2 * 1024 * 1024;    // An answer of the echo, all its choices together.
inline constexpr size_t kModelListBytesMax = 4 * 1024 * 1024;     // A provider's list of models, all its pages.
inline constexpr size_t kModelsAnswerBytesMax = 8 * 1024 * 1024;  // The gateway's own list; the rest is left out.
inline constexpr size_t kModelListPagesMax = 10;              // Pages of a provider's list; later pages are left out.
inline constexpr size_t kCountReplyBytesMax = 64 * 1024;      // The reply of an endpoint that counts tokens.
inline constexpr size_t kErrorBodyBytesMax = 64 * 1024;       // Body of an upstream error; the rest is cut off.
inline constexpr size_t kSseEventBytesMax = 4 * 1024 * 1024;  // One event of a stream.
inline constexpr size_t kLargeEventBytes = 64 * 1024;         // Memory is freed at once after a larger event.
inline constexpr size_t kPeekedBytesMax = kSseEventBytesMax + 64 * 1024;  // Of a stream, before its first content.
// A leg that waits for its turn is paused when its waiting events hold this much text, or this much memory.
inline constexpr size_t kWaitingLegTextBytesMax = 256 * 1024;
inline constexpr size_t kWaitingLegEventsBytesMax = 1024 * 1024;
inline constexpr size_t kJoinedTextBytesMax = 16 * 1024;   // Text is joined to a waiting event up to this size,
inline constexpr size_t kJoinedExtraBytesMax = 1024;       // and later members of the reply up to this size.
inline constexpr size_t kHeldCallsBytesMax = 1024 * 1024;  // Tool calls of one of several legs, until it has ended.
inline constexpr size_t kHeldCallExtrasBytesMax = 4 * 1024 * 1024;  // Signatures of those tool calls.
inline constexpr size_t kRacingLegBytesMax = 8 * 1024 * 1024;  // Output of one leg, held while a race has no winner.
inline constexpr size_t kJsonDepthMax = 128;                   // Nesting of arrays and objects.
inline constexpr size_t kHostedToolBytesMax = 1024 * 1024;     // A tool that OpenAI runs itself, if it is parsed again.
inline constexpr size_t kLegsMax = 5;                          // A Worker has six connections for each request.
inline constexpr size_t kFallbacksMax = 8;                     // Targets of one leg.
inline constexpr size_t kModelBytesMax = 4096;                 // The `model` field,
inline constexpr size_t kModelNotedBytesMax = 256;     // and the part of it that goes into data points and logs.
inline constexpr size_t kDropsMax = 1024;              // Reported names of parameters that a target cannot honour.
inline constexpr size_t kHostedMembersMax = 64;        // Members that are read of a tool that OpenAI runs itself.
inline constexpr size_t kListHeaderBytesMax = 4096;    // A reply header that lists something for all legs.
inline constexpr size_t kPassedHeaderBytesMax = 1024;  // A header of an upstream's reply that is passed on.
inline constexpr size_t kCooldownsMax = 256;      // Failed places, and models with several places: this many of each.
inline constexpr size_t kLessonsMax = 256;        // Refusals of providers that an isolate remembers: this many,
inline constexpr size_t kLessonBytesMax = 512;    // each with a model and a value of at most this size,
inline constexpr uint32_t kLessonMs = 3'600'000;  // for this long.
inline constexpr size_t kRememberedBytesMax = 1024 * 1024;    // Signed reasoning that an isolate remembers for clients
inline constexpr size_t kRememberedTurnBytesMax = 64 * 1024;  // that do not send it back: all of it, of one answer,
inline constexpr size_t kRememberedTurnsMax = 512;            // in how many answers (each is looked at by a search),
inline constexpr uint32_t kRememberedMs = 3'600'000;          // and for how long.
inline constexpr size_t kRequestKeysMax = 512;                // Top-level keys of a request.
inline constexpr size_t kRequestKeyBytesMax = 256;            // One such key.
inline constexpr size_t kRequestElementsMax = 64 * 1024;      // Messages, parts, calls and tools of a request together.
inline constexpr size_t kBorrowedValuesMax = 128 * 1024;      // Blocks and members of a message not in OpenAI's form.
inline constexpr size_t kChoicesMax = 128;                    // `n`, and choice indexes of a reply.
inline constexpr size_t kToolCallsMax = 1024;                 // Tool calls of one message of a reply.
inline constexpr size_t kToolNamesBytesMax = 128 * 1024;      // Their ids and names, together.
inline constexpr size_t kUnfinishedTurnBytesMax = 2 << 20;    // Content of a paused turn, sent back to continue it,
inline constexpr uint32_t kContinuedCallsMax = 3;             // and how often a turn is continued.
inline constexpr size_t kOutputItemsMax = 4096;               // Items of one reply.
inline constexpr size_t kThinkingBytesMax = 512 * 1024;       // Signed reasoning that a client has to send back.
inline constexpr size_t kEnvelopeBytesMax = 64 * 1024;        // Reasoning of one provider, wrapped for a client of
inline constexpr size_t kEnvelopeDepthMax = 16;               // another dialect; and the nesting of its JSON.
inline constexpr size_t kAnnotationBytesMax = 256 * 1024;     // Citations of a streamed answer.
inline constexpr size_t kTextRunsMax = 16 * 1024;             // Runs of characters of one byte width, in a cited text.
inline constexpr size_t kHeldTextBytesMax = 64 * 1024;        // Text that is held because it may not be the answer.
inline constexpr size_t kWaitingExtraBytesMax = 8 * 1024;     // Unknown members of a reply that wait for an event.
inline constexpr size_t kHeldExtraBytesMax = 64 * 1024;       // Unknown members of a choice before its answer.
inline constexpr size_t kSchemaNodesMax = 8 * 1024;           // Values of a JSON Schema that is converted.
inline constexpr size_t kSchemaStepsMax = 4 * 1024 * 1024;    // Visits of values in the schemas of one request, and
inline constexpr size_t kSchemaGrowthBytesMax = 1024 * 1024;  // bytes that converting adds: all in one event.
inline constexpr size_t kSchemaDepthMax = 32;                 // Nesting of schemas in a JSON Schema.
inline constexpr size_t kSchemaSourcesMax = 256;              // Schemas that are joined into one.
inline constexpr size_t kLoggedTextBytesMax = 8 * 1024;       // Logged part of a body, if ONELLM_LOG_BODIES is set.
inline constexpr size_t kSettingBytesMax = 64 * 1024;         // One setting.

inline constexpr size_t kLedgerRowsMax = 256;        // Rows of calls that wait for the ledger.
inline constexpr size_t kLedgerKeysMax = 64;         // More rows, one for each key, for calls that found no row free.
inline constexpr size_t kLedgerNameBytesMax = 128;   // Name of a key, model or provider in the ledger.
inline constexpr size_t kLedgerHourRowsMax = 1'000;  // Rows of one hour in the ledger.
inline constexpr size_t kLedgerObjectRowsMax = 500'000;     // Rows of the whole ledger.
inline constexpr size_t kLedgerDayRowsMax = 2'000;          // Rows of one day, in the table of days beside the hours',
inline constexpr size_t kLedgerAllDayRowsMax = 200'000;     // and in all.
inline constexpr size_t kLedgerSessionsMax = 256;           // Sessions of clients that wait for the ledger.
inline constexpr size_t kLedgerObjectSessionsMax = 10'000;  // Sessions that the ledger keeps,
inline constexpr size_t kLedgerKeySessionsMax = 500;        // and those of one key.
inline constexpr size_t kSessionIdBytesMax = 128;           // The id of a session.
inline constexpr size_t kSessionAgentsMax = 8;              // Clients of one session that are named,
inline constexpr size_t kAgentBytesMax = 32;                // and the name of one.
inline constexpr size_t kConfirmedModelsMax = 64;  // Models of requests with several that an isolate remembers.
inline constexpr int64_t kCallCostPicoUsdMax = 1'000'000'000'000'000;  // $1000; a higher cost is lowered to this.
inline constexpr int64_t kTokensMax =
    1'000'000'000'000;                             // A provider's count of tokens. Sums of these cannot overflow.
inline constexpr size_t kUsageGroupsMax = 10'000;  // Groups of one answer about usage.
// Of one answer for the dashboard: hours or days, series beside "(other)", and rows of each list.
inline constexpr int64_t kDashboardHoursMax = 8 * 24;
inline constexpr int64_t kDashboardDaysMax = 400;
inline constexpr int64_t kDashboardSeriesMax = 7;
inline constexpr int64_t kDashboardModelsMax = 1'000;
inline constexpr int64_t kDashboardTogetherMax = 200;
inline constexpr int64_t kDashboardSessionsMax = 50;
inline constexpr int64_t kDashboardNamesMax = 200;
inline constexpr size_t kDashboardReplyBytesMax = 4 * 1024 * 1024;  // What the ledger's object gives for it.

inline constexpr uint32_t kBusyRetryAfterS = 1;  // `retry-after` for a client that found no memory free.
inline constexpr uint32_t kConnectTimeoutMsDefault = 60'000;
inline constexpr uint32_t kFirstTokenTimeoutMsDefault = 300'000;
inline constexpr uint32_t kIdleTimeoutMsDefault = 120'000;
inline constexpr uint32_t kTotalTimeoutMsDefault = 600'000;  // From the request to the first byte of the answer.
inline constexpr uint32_t kRetriesDefault = 2;
inline constexpr uint32_t kRetriesMax = 5;
inline constexpr uint32_t kLingerMs = 1'000;          // Time for an upstream to close a stream that is complete.
inline constexpr uint32_t kEndAfterFinishMs = 1'750;  // For usage and the end mark after the last finish_reason: two
                                                      // seconds, less the 250 ms that copies of a relayed stream lag.
inline constexpr uint32_t kRelayStopMs = 1'000;  // Time for the last copies of a relayed stream that is being ended.
inline constexpr uint32_t kBodyRoomWaitMs = 10'000;  // A body waits this long for memory, then it is refused.
inline constexpr uint32_t kBodyRoomPollMs = 50;
inline constexpr uint32_t kGrowingBodyIdleMs = 1'000;   // A body of unknown length keeps the others waiting this long.
inline constexpr uint32_t kBodyIdleTimeoutMs = 60'000;  // Between pieces of a client's body,
inline constexpr uint32_t kBodyBytesPerSecondMin = 32 * 1024;   // and the most that it may lag behind this rate.
inline constexpr uint32_t kReplyIdleTimeoutMs = 60'000;         // Until a client takes the next piece of a reply,
inline constexpr uint32_t kReplyBytesPerSecondMin = 32 * 1024;  // and the most that it may lag behind this rate.
inline constexpr uint32_t kModelListTimeoutMs = 5'000;          // Time for a provider to list its models.
inline constexpr uint32_t kCountTimeoutMs = 10'000;             // Time for a provider to count the tokens of a prompt.
inline constexpr uint32_t kModelListKeptS = 3'600;   // A list stays in KV this long, then the provider is asked again.
inline constexpr uint32_t kKeepAliveMs = 15'000;     // Silence before a keep-alive is sent, also before the head.
inline constexpr uint32_t kKeyKeepAliveMs = 2'000;   // The same in the stream of a key with limits: what a client that
                                                     // has left reserves is free when sending shows that it left.
inline constexpr uint32_t kUsageTimeoutMs = 20'000;  // Time to add up usage.
inline constexpr uint32_t kLedgerFlushMs = 1'000;    // A call waits for the ledger at most this long…
inline constexpr uint32_t kLedgerFlushCalls = 100;   // …or until this many calls wait.
inline constexpr uint32_t kLedgerOverdueMs = 2'000;  // After this, the next call requests the flush.
inline constexpr uint32_t kLedgerDaysDefault = 400;  // ONELLM_LEDGER_DAYS.
inline constexpr uint32_t kLedgerDaysMax = 3'650;

// Keys that the master key hands out (src/keys).
inline constexpr size_t kKnownKeysMax = 4'096;                 // Keys that an isolate remembers, right and wrong,
inline constexpr size_t kKnownKeysBytesMax = 4 * 1024 * 1024;  // and the bytes of their records.
inline constexpr uint32_t kKnownKeyMs = 60'000;                // How long it believes that a key is right,
inline constexpr uint32_t kRefusedKeyMs = 1'000;               // that a right key is blocked or has expired,
inline constexpr uint32_t kWrongKeyMs = 10'000;                // or that a key is wrong.
inline constexpr size_t kLookUpsMax = 20;                      // Look-ups of wrong keys of an isolate in a second,
inline constexpr size_t kAddressLookUpsMax = 2;                // and of one address.
inline constexpr size_t kWrongKeysMax = 10;                    // Wrong keys of an address in a minute; beyond that
inline constexpr uint32_t kSlowedLookUpMs = 10'000;            // it may look up one key in this time.
inline constexpr size_t kAddressesMax = 1'024;                 // Addresses whose wrong keys are counted.
inline constexpr uint32_t kLookUpWaitMs = 3'000;               // A key waits this long for its look-up,
inline constexpr uint32_t kLookUpPollMs = 10;                  // and asks whether it may begin: first after this.
inline constexpr size_t kKeysMax = 10'000;
inline constexpr size_t kKeyAliasCharactersMax = 64;
inline constexpr size_t kKeyPatternsMax = 100;                       // Patterns of models of one key,
inline constexpr size_t kKeyPatternBytesMax = 128;                   // and the bytes of one of them.
inline constexpr size_t kKeyMetadataBytesMax = 2048;                 // As JSON without white space.
inline constexpr size_t kKeyBodyBytesMax = 64 * 1024;                // A body of the admin routes, except an import.
inline constexpr size_t kKeyImportBytesMax = 4 * 1024 * 1024;        // An import,
inline constexpr size_t kKeyImportedMax = 1'000;                     // and the records in it.
inline constexpr int64_t kKeyListMax = 100;                          // Records of one page of the list,
inline constexpr int64_t kKeyListDefault = 50;                       // and where the client names no number.
inline constexpr size_t kKeySearchBytesMax = 48;                     // Text that is searched for in aliases and ids.
inline constexpr uint32_t kKeyStoreTimeoutMs = 3'000;                // Time for an object of keys to answer.
inline constexpr int64_t kKeyLimitMax = 1'000'000'000;               // rpm_limit, tpm_limit, max_parallel_requests.
inline constexpr int64_t kKeyBudgetMax = 1'000'000'000'000'000'000;  // $1 000 000 in pico-dollars.
inline constexpr int64_t kKeyWindowHoursMax = 366 * 24;              // The longest budget_duration.
inline constexpr int64_t kKeyGraceSecondsMax = 7 * 24 * 3'600;       // A rotated secret stays valid this long.
inline constexpr int64_t kKeyOutputTokensAskedMax = 10'000'000;      // An output limit in a request,
inline constexpr int64_t kKeyOutputTokensMax = 16'384;  // and one that the gateway chose: at most and at least this.
inline constexpr int64_t kKeyOutputTokensMin = 256;
inline constexpr int64_t kKeyToolUsesDefault = 5;           // Uses of a server tool whose request does not limit them.
inline constexpr int64_t kKeyLeaseMs = 15 * 60'000;         // An open request that is not renewed counts as ended,
inline constexpr int64_t kKeyLeaseRenewMs = 5 * 60'000;     // so it is renewed this often.
inline constexpr uint32_t kKeySettleAttempts = 3;           // How often a settle is tried.
inline constexpr int64_t kKeyOpenMax = 10'000;              // Open requests of one key.
inline constexpr int64_t kKeySettledMax = 10'000;           // Ended requests that the limiter remembers,
inline constexpr int64_t kKeySettledMs = 24 * 3'600'000;    // for at most this long.
inline constexpr int64_t kKeyHoursMax = 400 * 24;           // Hours of spend that the limiter remembers.
inline constexpr int64_t kKeyReportMs = 10'000;             // Between two reports of spend to the registry.
inline constexpr int64_t kKeyReservedRetryMs = 2'000;       // `retry-after` while open requests reserve the budget,
inline constexpr int64_t kKeyParallelRetryMs = 1'000;       // and while too many requests are open.
inline constexpr int64_t kKeyResetSoonMs = 24 * 3'600'000;  // A budget that resets within this has a `retry-after`.

}  // namespace onellm
