// Pictures and PDFs that are dropped, pasted or chosen.
import type { Attachment } from '../state/types.ts';

export const ACCEPTED = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'application/pdf'];

/** A request may have 8 MB, and base64 is a third longer than what it holds. */
const BYTES_MAX = 5_500_000;

export interface Taken {
  attachments: Attachment[];
  /** Why some were not taken; ''. */
  problem: string;
}

export async function takeFiles(files: readonly File[], before: readonly Attachment[]): Promise<Taken> {
  const attachments = [...before];
  const problems: string[] = [];
  let room = BYTES_MAX - before.reduce((sum, { url }) => sum + url.length * 0.75, 0);
  for (const file of files) {
    if (!ACCEPTED.includes(file.type)) {
      problems.push(`${file.name} is no picture and no PDF.`);
    } else if (file.size > room) {
      problems.push(`${file.name} is too large: a request may have 8 MB.`);
    } else {
      room -= file.size;
      attachments.push({ name: file.name || 'picture', type: file.type, url: await dataUrl(file) });
    }
  }
  return { attachments, problem: problems.join(' ') };
}

function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
