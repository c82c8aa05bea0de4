// Which models a search finds.
import type { Model } from '../../common/api_types.ts';

/** All words must occur in the name or in its owner's; names that begin with the text come first. */
export function matching(models: readonly Model[], text: string): Model[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = models.filter(({ id, owned_by: owner = '' }) => {
    const name = `${id} ${owner}`.toLowerCase();
    return words.every((word) => name.includes(word));
  });
  const begins = (model: Model) => (model.id.toLowerCase().startsWith(words[0] ?? '') ? 0 : 1);
  return found.sort((a, b) => begins(a) - begins(b));
}
