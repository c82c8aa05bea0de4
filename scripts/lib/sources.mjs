// The C++ files of the project, for the tools that look at each.

import fs from 'node:fs';
import path from 'node:path';
import { root } from './machine.mjs';

/**
 * @param {string[]} folders
 * @param {string[]} endings
 * @returns {string[]} paths from the root, sorted
 */
export function sources(folders, endings) {
  return folders
    .flatMap((folder) =>
      fs.readdirSync(path.join(root, folder), { recursive: true }).map((name) => path.join(folder, name)),
    )
    .filter((name) => endings.includes(path.extname(name)))
    .sort();
}

export const cppSources = () => sources(['src', 'tests'], ['.cpp', '.h']);
