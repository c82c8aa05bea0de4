// The settings of a local run: .dev.vars, which wrangler reads.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';

/** Writes settings with a random master key. The file can hold provider keys: only its owner may read it. */
export function writeDevVars(file) {
  const key = `sk-${randomBytes(24).toString('hex')}`;
  const text = [
    '# Settings of `npm start`, kept out of git. .dev.vars.example shows what else can stand here.',
    `ONELLM_API_KEY=${key}`,
    '',
  ].join('\n');
  fs.writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
}

/**
 * The value of one setting in a file of the dotenv format, or '' if it has none.
 * @param {string} text
 * @param {string} name
 */
export function readSetting(text, name) {
  let value = '';
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (match?.[1] === name) value = unquote(match[2]);
  }
  return value;
}

function unquote(text) {
  const quoted = /^(['"`])(.*)\1(?:\s*#.*)?$/.exec(text);
  return quoted ? quoted[2] : text.replace(/\s*#.*$/, '');
}
