// Markdown of models as HTML that is safe to show: marked reads it, DOMPurify lets through what is on its lists.
//
// Rule: nothing that a model writes makes the browser ask another host. Pictures become links; HTML is shown as text.
import createDOMPurify from 'dompurify';
import { Marked, type Token, type Tokens } from 'marked';

const ALLOWED_TAGS = [
  ...['p', 'br', 'hr', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'a', 'ul', 'ol', 'li', 'input'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
];
const ALLOWED_ATTR = ['href', 'title', 'start', 'align', 'type', 'checked', 'disabled'];
const WEB_ADDRESS = /^https?:\/\//i;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    html: ({ text }: Tokens.HTML | Tokens.Tag) => escaped(text),
    image: ({ href, text }: Tokens.Image) => `<a href="${escaped(href)}">${escaped(text || href)}</a>`,
  },
});

const purify = createDOMPurify(window);

purify.addHook('afterSanitizeAttributes', (element) => {
  if (element.tagName === 'INPUT' && element.getAttribute('type') !== 'checkbox') element.remove();
  if (element.tagName !== 'A') return;
  element.setAttribute('rel', 'noopener noreferrer');
  element.setAttribute('target', '_blank');
});

/** Text that stays as it is: marked calls itself for each level of a list or a quote, and too many end in an error. */
const PLAIN = 'plain';

/** The parts of a text that stand below one another. While a text grows, only its last part changes. */
export function partsOf(text: string): Token[] {
  try {
    return marked.lexer(text).filter(({ type }) => type !== 'space' && type !== 'def');
  } catch {
    return [{ type: PLAIN, raw: text }];
  }
}

export function renderPart(part: Token): DocumentFragment {
  try {
    return part.type === PLAIN ? plain(part.raw) : safe(marked.parser([part]));
  } catch {
    return plain(part.raw);
  }
}

function plain(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  fragment.append(paragraph);
  return fragment;
}

function safe(html: string): DocumentFragment {
  return purify.sanitize(html, {
    ALLOWED_TAGS,
    ALLOWED_ATTR,
    ALLOWED_URI_REGEXP: WEB_ADDRESS,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
}
