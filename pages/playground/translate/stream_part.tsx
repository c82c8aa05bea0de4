// A recorded stream of a provider, cut at any byte, and what the client has got by then.
import { useMemo, useState } from 'preact/hooks';
import { CLIENT_KINDS, clientKind, type DialectId, KINDS } from './kinds.ts';
import { CutBar } from './cut_bar.tsx';
import { SAMPLE_STREAMS } from './samples.ts';
import { servedClients } from './translation.ts';
import { runSession, type Upstream } from './session.ts';

export type End = Upstream['end'];

const STREAMING = KINDS.filter(({ isWhole }) => !isWhole);

export function StreamPart({ module }: { module: WebAssembly.Module }) {
  const [kindId, setKindId] = useState('anthropic');
  const [client, setClient] = useState<DialectId>('chat');
  const [text, setText] = useState(SAMPLE_STREAMS.anthropic ?? '');
  const [cut, setCut] = useState<number | null>(null);
  const [end, setEnd] = useState<End>('open');
  const clients = useMemo(() => servedClients(module, CLIENT_KINDS), [module]);
  const bytes = useMemo(() => new TextEncoder().encode(text), [text]);
  const at = cut === null ? bytes.length : Math.min(cut, bytes.length);
  const kind = KINDS.find(({ id }) => id === kindId) ?? KINDS[0];

  const outcome = useMemo(() => {
    const { path, asks } = clientKind(client);
    const body = JSON.stringify(asks(`${kind?.id}/${kind?.model}`));
    const pieces = at > 0 ? [bytes.slice(0, at)] : [];
    return runSession(module, { path, body }, () => ({
      head: '200\ncontent-type: text/event-stream',
      pieces,
      end,
    }));
  }, [module, kind, client, bytes, at, end]);

  const chooseKind = (id: string) => {
    if (Object.values(SAMPLE_STREAMS).includes(text)) setText(SAMPLE_STREAMS[id] ?? '');
    setKindId(id);
    setCut(null);
  };
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) setText(await file.text());
    setCut(null);
  };
  return (
    <div class="translate">
      <section class="card translate-side" aria-label="The provider’s stream">
        <div class="card-head">
          <h2>The provider sends</h2>
          <select
            class="input dialect"
            aria-label="Provider"
            value={kindId}
            onChange={(event) => chooseKind(event.currentTarget.value)}
          >
            {STREAMING.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <textarea
          class="code editor"
          aria-label="Recorded stream"
          spellcheck={false}
          placeholder="Paste or drop a recorded stream"
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setCut(null);
          }}
          onDragOver={(event) => event.preventDefault()}
          onDrop={drop}
        />
        <CutBar bytes={bytes} at={at} end={end} onCut={setCut} onEnd={setEnd} />
      </section>
      <section class="card translate-side" aria-label="What the client gets">
        <div class="card-head">
          <h2>The client gets</h2>
          <select
            class="input dialect"
            aria-label="API of the client"
            value={client}
            onChange={(event) => setClient(event.currentTarget.value as DialectId)}
          >
            {clients.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <p class="card-body label" role="status">
          {outcome.reply === null
            ? 'Nothing yet: the head waits for content.'
            : `Status ${outcome.reply.firstLine}`}
          {outcome.isBroken && ' · the connection is broken off'}
        </p>
        <pre class="output" tabIndex={0} role="group" aria-label="Bytes that the client gets">
          {outcome.text}
        </pre>
      </section>
    </div>
  );
}
