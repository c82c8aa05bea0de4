// The agents, as a person would install and start them: their packages, and how each is told where the gateway is.

import fs from 'node:fs';
import path from 'node:path';

const PROXY_THAT_IS_NOT_THERE = 'http://127.0.0.1:9';

/** Nothing but the gateway can be reached: no reports, no updates. */
const ALONE = {
  HTTP_PROXY: PROXY_THAT_IS_NOT_THERE,
  HTTPS_PROXY: PROXY_THAT_IS_NOT_THERE,
  NO_PROXY: '127.0.0.1',
};

/**
 * @typedef {object} Task
 * @property {string} url of the gateway
 * @property {string} key
 * @property {string} model
 * @property {string} prompt
 * @property {string} home a folder of this run alone
 */

/**
 * @typedef {object} Agent
 * @property {string} package with its version
 * @property {string} program
 * @property {(task: Task) => { args: string[], env: Record<string, string> }[]} commands one after another
 */

/** @type {Record<string, Agent>} */
export const AGENTS = {
  'Claude Code': {
    package: '@anthropic-ai/claude-code@2.1.197',
    program: 'claude',
    commands: ({ url, key, model, prompt }) => [
      {
        args: ['-p', prompt, '--model', model, '--allowedTools', 'Bash'],
        env: {
          ...ALONE,
          ANTHROPIC_BASE_URL: url,
          ANTHROPIC_AUTH_TOKEN: key,
          ANTHROPIC_DEFAULT_HAIKU_MODEL: model,
          CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
          DISABLE_AUTOUPDATER: '1',
          DISABLE_TELEMETRY: '1',
        },
      },
    ],
  },
  opencode: {
    package: 'opencode-ai@1.18.33',
    program: 'opencode',
    commands: ({ url, key, model, prompt, home }) => {
      const config = path.join(home, 'opencode.json');
      const provider = {
        npm: '@ai-sdk/anthropic',
        name: 'One',
        options: { baseURL: `${url}/v1`, apiKey: key },
        models: { [model]: { name: model, tool_call: true } },
      };
      fs.writeFileSync(
        config,
        JSON.stringify({
          autoupdate: false,
          share: 'disabled',
          permission: 'allow',
          provider: { one: provider },
        }),
      );
      const env = {
        ...ALONE,
        OPENCODE_CONFIG: config,
        OPENCODE_DISABLE_AUTOUPDATE: '1',
        OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
        OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
        OPENCODE_DISABLE_MODELS_FETCH: '1',
      };
      return [{ args: ['run', '-m', `one/${model}`, prompt], env }];
    },
  },
  cline: {
    package: 'cline@3.0.65',
    program: 'cline',
    // Its command for this takes an address only for providers with OpenAI's API; its file takes one for each.
    commands: ({ url, key, model, prompt, home }) => {
      const settings = { provider: 'anthropic', apiKey: key, model, baseUrl: `${url}/v1` };
      const providers = {
        anthropic: { settings, tokenSource: 'manual', updatedAt: new Date().toISOString() },
      };
      fs.mkdirSync(path.join(home, 'settings'));
      fs.writeFileSync(
        path.join(home, 'settings/providers.json'),
        JSON.stringify({ version: 1, lastUsedProvider: 'anthropic', modes: {}, providers }),
      );
      const env = {
        ...ALONE,
        CLINE_NO_AUTO_UPDATE: '1',
        CLINE_TELEMETRY_DISABLED: '1',
        OTEL_SDK_DISABLED: 'true',
      };
      const folders = ['--data-dir', home, '--config', home];
      return [
        {
          args: [...folders, '-P', 'anthropic', '-m', model, '--auto-approve', 'true', '-t', '60', prompt],
          env,
        },
      ];
    },
  },
};
