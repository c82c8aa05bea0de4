// Head texts of the protocol between shim and core: a first line, then `name: value` lines with lower-case
// names.
//
// Rule: the shim knows no header itself. It copies the headers that the core named, and sends those that the
// core wrote.

/**
 * The headers that begin as a name of the core that ends with `*`, if one of its full names begins so too.
 * Iterating over all headers is expensive, and few requests need it.
 *
 * @param {string} text the head with those of the full names
 * @param {Headers} headers
 * @param {string} prefix
 */
function withPrefixed(text, headers, prefix) {
  if (!text.includes(`\n${prefix}`)) return text;
  let all = text;
  for (const [name, value] of headers) {
    if (name.startsWith(prefix) && !text.includes(`\n${name}: `)) all += `\n${name}: ${value}`;
  }
  return all;
}

/**
 * @param {string} firstLine
 * @param {Headers} headers
 * @param {string[]} names the headers that the core wants; getting a dozen by name costs less than one
 *   iteration over all headers
 */
function headText(firstLine, headers, names) {
  let text = firstLine;
  for (const name of names) {
    if (name.endsWith('*')) {
      text = withPrefixed(text, headers, name.slice(0, -1));
      continue;
    }
    const value = headers.get(name);
    if (value !== null) text += `\n${name}: ${value}`;
  }
  return text;
}

/** @param {Request} request @param {string[]} names */
export function requestHead(request, names) {
  const { url } = request;
  const target = url.slice(url.indexOf('/', url.indexOf('//') + 2));
  return headText(`${request.method} ${target}`, request.headers, names);
}

/**
 * A head with an empty first line. No client can send a header that counts as a member of `request.cf`: a
 * name that begins with `cf.` is never looked for among the headers.
 *
 * @param {Request} request
 * @param {string[]} names
 */
export function namedHeaders(request, names) {
  let text = '';
  for (const name of names) {
    const isOfCf = name.startsWith('cf.');
    const value = isOfCf ? request.cf?.[name.slice('cf.'.length)] : request.headers.get(name);
    if (value !== null && value !== undefined) text += `\n${name}: ${value}`;
  }
  return text;
}

/** @param {Response} response @param {string[]} names */
export function replyHead(response, names) {
  return headText(String(response.status), response.headers, names);
}

/**
 * The headers are a plain object: making Headers from pairs was about 5 % of the CPU of a small request.
 *
 * @param {string} text
 * @returns {{ firstLine: string, headers: Record<string, string> }}
 */
export function parseHead(text) {
  const lines = text.split('\n');
  const headers = {};
  for (let i = 1; i < lines.length; i++) {
    const colon = lines[i].indexOf(': ');
    headers[lines[i].slice(0, colon)] = lines[i].slice(colon + 2);
  }
  return { firstLine: lines[0], headers };
}
