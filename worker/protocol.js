// The numbers of the protocol between core and shim. src/gateway/session/protocol.h explains each.
//
// Rule: both files have the same numbers; a test compares them.

/** A module with another version is refused. */
export const PROTOCOL_VERSION = 8;

/** A whole body up to this size is delivered at once and kept; a longer one is delivered in pieces. */
export const KEPT_BODY_BYTES_MAX = 64 * 1024;

/** The id of Pause and Resume for the body of the client's request. */
export const CLIENT_BODY = 0;
/** The id of RequestEnd if the body cannot be expanded. */
export const BROKEN_BODY = 1;

/** Events: the shim reports them to the core. */
export const EventKind = Object.freeze({
  Request: 1,
  RequestBytes: 2,
  RequestEnd: 3,
  FetchHead: 4,
  FetchBytes: 5,
  FetchEnd: 6,
  FetchFailed: 7,
  KvValue: 8,
  KvMissing: 9,
  Timer: 10,
  ClientGone: 11,
  ObjectReply: 12,
  ObjectFailed: 13,
  ClientReady: 14,
  RandomBytes: 15,
  Headers: 16,
});

/** Commands of the core, which the shim executes. */
export const CommandKind = Object.freeze({
  ReadRequest: 1,
  Fetch: 2,
  ReadStream: 3,
  ReadWhole: 4,
  Relay: 5,
  Pause: 6,
  Resume: 7,
  AbortFetch: 8,
  ReadKv: 9,
  SendHead: 10,
  SendBytes: 11,
  SendFetched: 12,
  SendEnd: 13,
  SendAbort: 14,
  SetTimer: 15,
  WriteRecord: 16,
  Log: 17,
  WriteKv: 18,
  FlushLedger: 19,
  CallObject: 20,
  ReadRandom: 21,
  ReadHeaders: 22,
  TellObject: 23,
});

/** 32-bit fields of a CommandRecord, in their order in memory. */
export const RecordField = Object.freeze({
  kind: 0,
  id: 1,
  number: 2,
  head: 3,
  headBytes: 4,
  body: 5,
  bodyPieces: 6,
});
