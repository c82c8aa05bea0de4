// npm run format: lays out all C++ and JavaScript as the project wants it.

import { main } from './lib/failure.mjs';
import { run } from './lib/machine.mjs';
import { installPackages } from './lib/packages.mjs';
import { installTools } from './lib/setup.mjs';
import { cppSources } from './lib/sources.mjs';

await main(async () => {
  await installPackages();
  await installTools(['lint']);
  await run('clang-format', ['-i', ...cppSources()], { what: 'clang-format' });
  await run('biome', ['format', '--write', '.'], { what: 'biome format' });
});
