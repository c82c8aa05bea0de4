// What a provider would be sent for a client's request.
import type { ClientKind, Kind } from './kinds.ts';
import { type Asked, type Call, type Outcome, runSession } from './session.ts';

export interface Translation {
  calls: Call[];
  /** What the provider does not get, and what the gateway says of it where a client wants nothing to be dropped. */
  dropped: { name: string; why: string }[];
  /** Why the gateway refuses the request; ''. */
  refused: string;
}

/** It ends the call without a word about the request: only what was sent matters. */
const REFUSAL = { head: '400\ncontent-type: application/json', end: 'end' as const };
const NOT_FOUND = '404';
/** That it is strict says only how this page asks. */
const STRICT_WORDS = /, and the request is strict(?=\.?$)/;
const REFUSAL_BODY = new TextEncoder().encode(
  '{"error":{"message":"(not sent)","type":"invalid_request_error"}}',
);

export function translate(
  module: WebAssembly.Module,
  client: ClientKind,
  kind: Kind,
  model: string,
  body: Record<string, unknown>,
): Translation {
  const asked = { path: client.path, body: JSON.stringify({ ...body, model: `${kind.id}/${model}` }) };
  const run = (request: Asked) => runSession(module, request, () => ({ ...REFUSAL, pieces: [REFUSAL_BODY] }));
  const outcome = run(asked);
  const dropped = (headerOf(outcome, 'x-onellm-dropped') ?? '').split(',').filter(Boolean);
  // A strict request is refused for one member at a time: the others are not in it.
  const why = (name: string) => {
    const others = new Set(dropped.filter((each) => each !== name));
    const kept = Object.entries(JSON.parse(asked.body)).filter(([member]) => !others.has(member));
    const { calls, text } = run({ ...asked, body: JSON.stringify(Object.fromEntries(kept)), isStrict: true });
    return calls.length === 0 ? messageOf(text).replace(STRICT_WORDS, '') : '';
  };
  const isSent = outcome.calls.length > 0;
  return {
    calls: outcome.calls,
    dropped: dropped.map((name) => ({ name, why: why(name) })),
    refused: isSent ? '' : messageOf(outcome.text),
  };
}

/** The clients' APIs that this module serves. */
export function servedClients(module: WebAssembly.Module, all: ClientKind[]): ClientKind[] {
  return all.filter(({ path }) => {
    const { reply } = runSession(module, { path, body: '{}' }, () => ({ ...REFUSAL, pieces: [] }));
    return reply?.firstLine !== NOT_FOUND;
  });
}

const headerOf = ({ reply }: Outcome, name: string) => reply?.headers.find(([each]) => each === name)?.[1];

function messageOf(text: string): string {
  try {
    return String(JSON.parse(text).error.message);
  } catch {
    return text;
  }
}
