// One request in the module: its commands are recorded, and nothing is done but what the caller answers.
import { CommandKind, EventKind } from '../../../worker/protocol.js';
import { instanceOf, MASTER_KEY } from './module.ts';

export interface Head {
  firstLine: string;
  headers: [string, string][];
}

export interface Call {
  id: number;
  head: Head;
  body: string;
}

interface Command {
  kind: number;
  id: number;
  number: number;
  head: string;
  body: Uint8Array | null;
}

/** How a provider answers a call. */
export interface Upstream {
  head: string;
  /** Pieces of the body, in their order. */
  pieces: Uint8Array[];
  end: 'end' | 'break' | 'open';
}

export interface Outcome {
  calls: Call[];
  reply: Head | null;
  /** What the client got. */
  text: string;
  isBroken: boolean;
}

const STEPS_MAX = 10_000;
const encoder = new TextEncoder();

export function parseHead(text: string): Head {
  const [firstLine = '', ...lines] = text.split('\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
  return { firstLine, headers };
}

export interface Asked {
  path: string;
  body: string;
  isStrict?: boolean;
}

export function runSession(
  module: WebAssembly.Module,
  asked: Asked,
  upstream: (call: Call) => Upstream,
): Outcome {
  const core = instanceOf(module);
  const handle = core.open(() => {});
  const outcome: Outcome = { calls: [], reply: null, text: '', isBroken: false };
  const decoder = new TextDecoder();
  const waiting: (() => void)[] = [];
  let isRelaying = false;
  const answers = new Map<number, Upstream>();

  const event = (kind: number, id: number, payload: Uint8Array | string | null) => {
    let command: Command | null = core.send(handle, kind, id, payload);
    for (; command !== null; command = core.next(handle)) carryOut(command);
  };
  const show = (bytes: Uint8Array | null) => {
    if (bytes) outcome.text += decoder.decode(bytes, { stream: true });
  };
  const deliver = (id: number) => {
    const answer = answers.get(id);
    for (const piece of answer?.pieces ?? []) {
      if (isRelaying) show(piece);
      event(EventKind.FetchBytes, id, piece);
    }
    if (answer?.end === 'end') event(EventKind.FetchEnd, id, null);
    if (answer?.end === 'break') event(EventKind.FetchFailed, id, null);
  };
  const start = (command: Command) => {
    const body = command.body === null ? '' : new TextDecoder().decode(command.body);
    const call = { id: command.id, head: parseHead(command.head), body };
    outcome.calls.push(call);
    const answer = upstream(call);
    answers.set(command.id, answer);
    waiting.push(() => event(EventKind.FetchHead, command.id, answer.head));
  };
  const carryOut = (command: Command) => {
    const { kind, id, number, head, body } = command;
    if (kind === CommandKind.ReadRequest)
      waiting.push(() => event(EventKind.RequestEnd, 0, encoder.encode(asked.body)));
    else if (kind === CommandKind.Fetch) start(command);
    else if (kind === CommandKind.ReadStream || kind === CommandKind.ReadWhole)
      waiting.push(() => deliver(id));
    else if (kind === CommandKind.Relay) isRelaying = true;
    else if (kind === CommandKind.AbortFetch) answers.delete(id);
    else if (kind === CommandKind.ReadKv) waiting.push(() => event(EventKind.KvMissing, id, null));
    else if (kind === CommandKind.ReadHeaders) waiting.push(() => event(EventKind.Headers, id, ''));
    else if (kind === CommandKind.CallObject) waiting.push(() => event(EventKind.ObjectFailed, id, null));
    else if (kind === CommandKind.ReadRandom) {
      waiting.push(() => event(EventKind.RandomBytes, id, crypto.getRandomValues(new Uint8Array(number))));
    } else if (kind === CommandKind.SendHead) outcome.reply = parseHead(head);
    else if (kind === CommandKind.SendBytes) {
      show(body);
      if (number === 1) waiting.push(() => event(EventKind.ClientReady, 0, null));
    } else if (kind === CommandKind.SendAbort) outcome.isBroken = true;
  };
  const strict = asked.isStrict ? '\nx-onellm-strict: 1' : '';
  const head = `POST ${asked.path}\nauthorization: Bearer ${MASTER_KEY}\ncontent-type: application/json${strict}`;
  event(EventKind.Request, 0, head);
  for (let steps = 0; waiting.length > 0 && steps < STEPS_MAX; steps++) waiting.shift()?.();
  core.close(handle);
  return outcome;
}
