// The playground: models side by side, and a tab that shows how the gateway translates.
import { key } from '../common/key.ts';
import { KeyForm } from '../common/key_form.tsx';
import { Shell } from '../common/shell.tsx';
import { Tabs } from '../common/tabs.tsx';
import { changeQuery, query } from '../common/url.ts';
import { BlindBar } from './blind_bar.tsx';
import { Columns } from './columns.tsx';
import { Composer } from './compose/composer.tsx';
import { failure, loadModels } from './models.ts';
import { SettingsPanel } from './settings_panel.tsx';
import { Toolbar } from './toolbar.tsx';
import { TranslateTab } from './translate_tab.tsx';

const TABS = [
  { id: 'compare', name: 'Compare' },
  { id: 'translate', name: 'Translate' },
];

export function PlaygroundPage() {
  const tab = query.value.get('tab') === 'translate' ? 'translate' : 'compare';
  return (
    <Shell path="/playground">
      <div class="head">
        <h1>Playground</h1>
        <Tabs
          label="Parts of the playground"
          tabs={TABS}
          chosen={tab}
          onChoose={(id) => changeQuery({ tab: id === 'compare' ? null : id })}
          panel="playground-panel"
        />
        {tab === 'compare' && key.value !== '' && <Toolbar />}
      </div>
      <div id="playground-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} class="panel">
        {tab === 'compare' ? <Compare /> : <TranslateTab />}
      </div>
    </Shell>
  );
}

function Compare() {
  const wrong = failure.value?.kind === 'wrong_key' ? failure.value.message : '';
  if (key.value === '' || wrong !== '') {
    return <KeyForm title="Models side by side" problem={key.value === '' ? '' : wrong} />;
  }
  return (
    <>
      {failure.value !== null && (
        <div class="notice is-bad" role="alert">
          <p>The list of models could not be read. {failure.value.message}</p>
          <div>
            <button type="button" class="button" onClick={loadModels}>
              Try again
            </button>
          </div>
        </div>
      )}
      <SettingsPanel />
      <Columns />
      <BlindBar />
      <Composer />
    </>
  );
}
