// A gateway with one Worker that has a key for every provider, all of them at one mock upstream.
import { standardSettings, startGateway } from './gateway.mjs';
import { startUpstream } from './mock_upstream.mjs';

/** @param {Record<string, any>} settings @param {object} options what else startGateway takes */
export async function startWithProviders(settings = {}, options = {}) {
  const upstream = await startUpstream();
  const gateway = await startGateway({
    workers: {
      main: standardSettings(upstream, {
        ANTHROPIC_API_KEY: 'hush-anthropic',
        ANTHROPIC_API_BASE: `${upstream.url}/anthropic`,
        GEMINI_API_KEY: 'hush-gemini',
        GEMINI_API_BASE: `${upstream.url}/gemini/v1beta`,
        PALM_API_KEY: 'hush-palm',
        PALM_API_BASE: `${upstream.url}/palm`,
        ...settings,
      }),
    },
    ...options,
  });
  return {
    upstream,
    gateway,
    main: gateway.clients.main,
    async stop() {
      await gateway.stop();
      await upstream.close();
    },
  };
}
