// A client's request, and what each kind of provider would get of it.
import { useMemo, useState } from 'preact/hooks';
import { Copyable } from '../../common/copy_button.tsx';
import { CLIENT_KINDS, clientKind, type DialectId, guessDialect, KINDS, type Kind } from './kinds.ts';
import { SAMPLE_REQUEST } from './samples.ts';
import type { Call } from './session.ts';
import { servedClients, type Translation, translate } from './translation.ts';

type Parsed = { body: Record<string, unknown> } | { problem: string };

function parse(text: string): Parsed {
  try {
    const body = JSON.parse(text);
    if (typeof body !== 'object' || body === null || Array.isArray(body))
      return { problem: 'This is no JSON object.' };
    return { body };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

export function RequestPart({ module }: { module: WebAssembly.Module }) {
  const [text, setText] = useState(SAMPLE_REQUEST);
  const [chosen, setChosen] = useState<DialectId | ''>('');
  const parsed = useMemo(() => parse(text), [text]);
  const guessed = 'body' in parsed ? guessDialect(parsed.body) : 'chat';
  const dialect = chosen || guessed;
  const isServed = useMemo(() => servedClients(module, [clientKind(dialect)]).length > 0, [module, dialect]);
  return (
    <div class="translate">
      <section class="card translate-side" aria-label="The client’s request">
        <div class="card-head">
          <h2>The client sends</h2>
          <select
            class="input dialect"
            aria-label="API of the client"
            value={dialect}
            onChange={(event) => setChosen(event.currentTarget.value as DialectId)}
          >
            {CLIENT_KINDS.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <textarea
          class="code editor"
          aria-label="Request"
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        {'problem' in parsed && (
          <p class="card-body bad" role="alert">
            {parsed.problem}
          </p>
        )}
      </section>
      <div class="translate-side">
        {!isServed && (
          <p class="notice" role="status">
            This version of the gateway has no {clientKind(dialect).name} API for clients: it answers{' '}
            {clientKind(dialect).path} with 404.
          </p>
        )}
        {isServed &&
          KINDS.map((kind) => (
            <KindCard key={kind.id} module={module} kind={kind} dialect={dialect} parsed={parsed} />
          ))}
      </div>
    </div>
  );
}

interface KindProps {
  module: WebAssembly.Module;
  kind: Kind;
  dialect: DialectId;
  parsed: Parsed;
}

function KindCard({ module, kind, dialect, parsed }: KindProps) {
  const [model, setModel] = useState(kind.model);
  const result = useMemo(
    () => ('body' in parsed ? translate(module, clientKind(dialect), kind, model, parsed.body) : null),
    [module, kind, dialect, parsed, model],
  );
  return (
    <section class="card" aria-label={kind.name}>
      <div class="card-head">
        <h2>{kind.name}</h2>
        <input
          class="input code model"
          aria-label={`Model of ${kind.name}`}
          spellcheck={false}
          value={model}
          onInput={(event) => setModel(event.currentTarget.value)}
        />
      </div>
      {result && (
        <div class="card-body translation">
          {result.refused !== '' && <p class="answer-error">Refused, nothing is sent: {result.refused}</p>}
          <Dropped result={result} />
          {result.calls.map((call) => (
            <CallView key={call.id} call={call} name={kind.name} />
          ))}
        </div>
      )}
    </section>
  );
}

function Dropped({ result: { dropped } }: { result: Translation }) {
  if (dropped.length === 0) return null;
  return (
    <div class="dropped">
      <p>Left out</p>
      <ul>
        {dropped.map(({ name, why }) => (
          <li key={name} class="row">
            <code class="tag">{name}</code>
            <span class="label">{why}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function CallView({ call: { head, body }, name }: { call: Call; name: string }) {
  const headers = head.headers.map(([key, value]) => `${key}: ${value}`);
  return (
    <Copyable label={`Request to ${name}`} text={[head.firstLine, ...headers, '', pretty(body)].join('\n')} />
  );
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
