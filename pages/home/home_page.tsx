// The start page: what this is, how it is, what to do next, and how clients are set up.
import { Copyable } from '../common/copy_button.tsx';
import { Shell } from '../common/shell.tsx';
import { ClientSetup } from './client_setup.tsx';
import { HealthLine } from './health_line.tsx';
import { NextSteps } from './next_steps.tsx';
import { StatusCard } from './status_card.tsx';

const DOCS = 'https://github.com/one-llm-api/one-llm-api/blob/main/';

const LINKS = [
  {
    href: '/dashboard',
    name: 'Dashboard',
    about: 'Cost, requests and latency by model, provider and key. Keys for other people.',
  },
  {
    href: '/playground',
    name: 'Playground',
    about: 'Up to five models side by side, and what a request looks like for each provider.',
  },
  {
    href: `${DOCS}README.md`,
    name: 'Read me',
    about: 'Settings, the model field, fallbacks, what happens when a provider fails.',
  },
  {
    href: `${DOCS}docs/keys.md`,
    name: 'Keys',
    about: 'Models, rates and a budget for each person or program.',
  },
];

export function HomePage() {
  return (
    <Shell path="/">
      <section class="intro">
        <h1>One endpoint for every model</h1>
        <p class="lead">
          Clients of OpenAI and Anthropic talk to this address with one key. The gateway passes their requests
          on to OpenAI, Azure, Claude, Gemini and every host with an OpenAI-compatible API, and counts what
          they cost.
        </p>
        <div class="address">
          <Copyable text={`${location.origin}/v1`} label="The address for clients" />
        </div>
        <HealthLine />
      </section>
      <div class="columns">
        <NextSteps />
        <StatusCard />
      </div>
      <ClientSetup />
      <nav class="links" aria-label="Further">
        {LINKS.map(({ href, name, about }) => (
          <a
            key={href}
            class="card link"
            href={href}
            rel={href.startsWith('/') ? undefined : 'noopener noreferrer'}
          >
            <strong>{name}</strong>
            <span class="label">{about}</span>
          </a>
        ))}
      </nav>
    </Shell>
  );
}
