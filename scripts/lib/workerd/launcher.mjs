// Starts workerd on a configuration, and says when it listens.
import { spawn } from 'node:child_process';
import workerd from 'workerd';
import { ENVIRONMENT_PREFIX } from './config.mjs';

/**
 * Starts workerd; its output goes where ours goes.
 *
 * @param {string} configFile
 * @param {Record<string, string>} settings go through its environment
 * @param {(port: number) => void} onListening
 */
export function startWorkerd(configFile, settings, onListening) {
  const environment = { ...process.env };
  for (const [name, value] of Object.entries(settings)) environment[ENVIRONMENT_PREFIX + name] = value;
  const child = spawn(workerd.default ?? workerd, ['serve', '--control-fd=3', configFile], {
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  readControl(child.stdio[3], (message) => {
    if (message.event === 'listen') onListening(message.port);
  });
  return child;
}

/** workerd writes its messages as JSON, one a line. */
function readControl(stream, onMessage) {
  let control = '';
  stream.on('data', (piece) => {
    control += piece;
    const lines = control.split('\n');
    control = lines.pop();
    for (const line of lines.filter(Boolean)) onMessage(JSON.parse(line));
  });
}
