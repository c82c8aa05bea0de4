// In one line: does the gateway work?
import { failure, health, isClosed, problems, status, version } from './load.ts';

export function HealthLine() {
  return (
    <div class="health" role="status">
      <Words />
      {problems.value.length > 0 && (
        <ul class="problems">
          {problems.value.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Words() {
  const isKnown = health.value !== null || status.value !== null;
  if (!isKnown && failure.value !== null) return <Line tone="bad" words={failure.value.message} />;
  if (!isKnown) return <Line tone="muted" words="Looking …" />;
  if (isClosed.value) return <Line tone="bad" words="Closed: no master key is set" />;
  if (problems.value.length > 0) return <Line tone="warn" words="Works, but settings are wrong" />;
  return <Line tone="good" words="Healthy" />;
}

function Line({ tone, words }: { tone: string; words: string }) {
  return (
    <p class={`health-line ${tone}`}>
      <span class="health-dot" aria-hidden="true" />
      <span class="health-words">{words}</span>
      {version.value !== '' && <span class="label">version {version.value}</span>}
    </p>
  );
}
