// What to do next, from a fresh deployment to the first answer, and then for each part that is off. What is done is
// known as far as the key allows.
import type { ComponentChildren } from 'preact';
import { Copyable } from '../common/copy_button.tsx';
import { CheckIcon, RefreshIcon } from '../common/icons.tsx';
import { health, isClosed, load, problems, providers, status } from './load.ts';
import { missingParts, otherwise, type Part } from './missing_parts.ts';
import { secretCommand, secretOtherwise } from './place.ts';

const firstRequest = (model: string) => `curl -N ${location.origin}/v1/chat/completions \\
  -H "Authorization: Bearer $ONELLM_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "${model}", "stream": true,
       "messages": [{"role": "user", "content": "Hello"}]}'`;

export function NextSteps() {
  const hasKey = status.value !== null || health.value?.configured === true;
  const isOwner = status.value?.scope !== 'key';
  return (
    <section class="card" aria-labelledby="steps-title">
      <div class="card-head">
        <h2 id="steps-title">From here to the first answer</h2>
        <button type="button" class="button icon" title="Check again" aria-label="Check again" onClick={load}>
          <RefreshIcon />
        </button>
      </div>
      <ol class="steps">
        {isOwner && (
          <>
            <MasterKey isDone={hasKey && !isClosed.value} />
            <Provider isDone={providers.value.length > 0} />
            <Problems />
          </>
        )}
        <Step title="Send a request">
          <p>
            <code>echo</code> needs no provider. With one, write the name of its model.
          </p>
          <Copyable text={firstRequest('echo')} label="A first request" />
        </Step>
        {missingParts(status.value).map((part) => (
          <MissingPart key={part.id} part={part} />
        ))}
      </ol>
    </section>
  );
}

function MasterKey({ isDone }: { isDone: boolean }) {
  return (
    <Step title="Set the master key" isDone={isDone}>
      <p>
        The secret <code>ONELLM_API_KEY</code> opens the gateway. Choose a long random one, for example the
        output of <code>openssl rand -hex 24</code> with <code>sk-</code> before it.
      </p>
      <SecretWays name="ONELLM_API_KEY" />
    </Step>
  );
}

function Provider({ isDone }: { isDone: boolean }) {
  return (
    <Step title="Add a provider" isDone={isDone}>
      <p>
        Its key is a secret too: <code>OPENAI_API_KEY</code>, <code>ANTHROPIC_API_KEY</code>,{' '}
        <code>GEMINI_API_KEY</code>, or <code>ONELLM_PROVIDERS</code> for any other host.
      </p>
      <SecretWays name="OPENAI_API_KEY" />
    </Step>
  );
}

/** A setting that is wrong is set anew. What is wrong stands beside the health. */
function Problems() {
  const [first] = problems.value;
  if (first === undefined) return null;
  const name = /^[A-Z][A-Z0-9_]*(?=:|$)/.exec(first)?.[0];
  return (
    <Step title="Correct the settings that are wrong">
      <p>The list above says what is wrong in each. Set it again:</p>
      <SecretWays name={name ?? '<name>'} />
    </Step>
  );
}

function MissingPart({ part }: { part: Part }) {
  return (
    <Step title={part.title}>
      <p>{part.why}</p>
      <Copyable text={part.config} label={`The lines that turn on ${part.name}`} />
      <p class="label">{otherwise(part)}</p>
    </Step>
  );
}

function SecretWays({ name }: { name: string }) {
  return (
    <>
      <Copyable text={secretCommand(name)} label={`The command that sets ${name}`} />
      <p class="label">{secretOtherwise()}</p>
    </>
  );
}

function Step({ title, isDone, children }: { title: string; isDone?: boolean; children: ComponentChildren }) {
  return (
    <li class={isDone ? 'step is-done' : 'step'}>
      <span class="step-mark" aria-hidden="true">
        {isDone && <CheckIcon />}
      </span>
      <div class="step-body">
        <h3>
          {title}
          {isDone && <span class="visually-hidden"> (done)</span>}
        </h3>
        {!isDone && children}
      </div>
    </li>
  );
}
