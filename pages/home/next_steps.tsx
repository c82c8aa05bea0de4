// What to do next, from a fresh deployment to the first answer. What is done is known as far as the key allows.
import type { ComponentChildren } from 'preact';
import { Copyable } from '../common/copy_button.tsx';
import { CheckIcon } from '../common/icons.tsx';
import { health, isClosed, providers, status } from './load.ts';

const secret = (name: string) => `npx wrangler secret put ${name} --name one-llm-api`;

const firstRequest = (model: string) => `curl -N ${location.origin}/v1/chat/completions \\
  -H "Authorization: Bearer $ONELLM_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "${model}", "stream": true,
       "messages": [{"role": "user", "content": "Hello"}]}'`;

export function NextSteps() {
  const hasKey = status.value !== null || health.value?.configured === true;
  const hasProvider = providers.value.length > 0;
  return (
    <section class="card" aria-labelledby="steps-title">
      <div class="card-head">
        <h2 id="steps-title">From here to the first answer</h2>
      </div>
      <ol class="steps">
        <Step title="Set the master key" isDone={hasKey && !isClosed.value}>
          <p>
            The secret <code>ONELLM_API_KEY</code> opens the gateway. Choose a long random one, for example
            the output of <code>openssl rand -hex 24</code> with <code>sk-</code> before it.
          </p>
          <SecretWays name="ONELLM_API_KEY" />
        </Step>
        <Step title="Add a provider" isDone={hasProvider}>
          <p>
            Its key is a secret too: <code>OPENAI_API_KEY</code>, <code>ANTHROPIC_API_KEY</code>,{' '}
            <code>GEMINI_API_KEY</code>, or <code>ONELLM_PROVIDERS</code> for any other host.
          </p>
          <SecretWays name="OPENAI_API_KEY" />
        </Step>
        <Step title="Send a request">
          <p>
            <code>echo</code> needs no provider. With one, write the name of its model.
          </p>
          <Copyable text={firstRequest('echo')} label="A first request" />
        </Step>
      </ol>
    </section>
  );
}

function SecretWays({ name }: { name: string }) {
  return (
    <>
      <Copyable text={secret(name)} label={`The command that sets ${name}`} />
      <p class="label">
        Or in Cloudflare’s dashboard: your Worker, Settings, Variables and Secrets. On your own machine:{' '}
        <code>.dev.vars</code>.
      </p>
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
