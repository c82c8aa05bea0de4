// How the gateway translates: a request on its way to providers, a stream on its way back. All of it in this browser.
import { useEffect, useState } from 'preact/hooks';
import { Tabs } from '../../common/tabs.tsx';
import { loadModule } from './module.ts';
import { RequestPart } from './request_part.tsx';
import { StreamPart } from './stream_part.tsx';

const TABS = [
  { id: 'request', name: 'A request' },
  { id: 'stream', name: 'A stream' },
];

export function Translate() {
  const [module, setModule] = useState<WebAssembly.Module | null>(null);
  const [problem, setProblem] = useState('');
  const [tab, setTab] = useState('request');
  useEffect(() => {
    loadModule().then(setModule, (error: Error) => setProblem(error.message));
  }, []);
  if (problem !== '') {
    return (
      <p class="notice is-bad" role="alert">
        The gateway’s module could not be loaded: {problem}
      </p>
    );
  }
  if (module === null) return <p class="muted">Loading the gateway’s module …</p>;
  return (
    <>
      <div class="row">
        <Tabs label="What is translated" tabs={TABS} chosen={tab} onChoose={setTab} panel="translate-panel" />
        <p class="label">The gateway’s own module runs in this browser. Nothing leaves it.</p>
      </div>
      <div id="translate-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'request' ? <RequestPart module={module} /> : <StreamPart module={module} />}
      </div>
    </>
  );
}
