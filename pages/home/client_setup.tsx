// Set-up for clients: one block to copy each.
import { useState } from 'preact/hooks';
import { Copyable } from '../common/copy_button.tsx';
import { Tabs } from '../common/tabs.tsx';
import { CLIENTS } from './clients.ts';

export function ClientSetup() {
  const [chosen, setChosen] = useState('python');
  const client = CLIENTS.find(({ id }) => id === chosen);
  return (
    <section class="card" aria-labelledby="clients-title">
      <div class="card-head">
        <h2 id="clients-title">Set up a client</h2>
      </div>
      <div class="card-body setup">
        <Tabs label="Clients" tabs={CLIENTS} chosen={chosen} onChoose={setChosen} panel="client-panel" />
        {client && (
          <div id="client-panel" role="tabpanel" aria-labelledby={`tab-${client.id}`} class="setup-panel">
            <p class="label">{client.place}</p>
            <Copyable text={client.text(location.origin)} label={`Set-up of ${client.name}`} />
          </div>
        )}
      </div>
    </section>
  );
}
