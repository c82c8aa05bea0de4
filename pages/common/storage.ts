// Storage of the browser for what may get lost: a full or a forbidden storage is no failure.

export function readStored<T>(name: string, otherwise: T, storage: Storage = localStorage): T {
  try {
    const text = storage.getItem(name);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

export function writeStored(name: string, value: unknown, storage: Storage = localStorage) {
  try {
    storage.setItem(name, JSON.stringify(value));
  } catch {
    // Then it is forgotten with the page.
  }
}
