// How the gateway translates.

export function Translate() {
  return <p class="muted">Soon.</p>;
}
