// Head texts of the protocol between shim and core: a first line, then `name: value` lines with lower-case
// names.
//
// Rule: the shim knows no header itself. It copies the headers that the core named, and sends those that the
// core wrote.

/**
 * Adds the headers of a line like `anthropic-* /v1/messages`: those that begin so. They are wanted if one of the
 * full names of the core begins so too and is there, or if the path begins as one of those in the line. Iterating
 * over all headers is expensive, and few requests need it.
 *
 * @param {string} text the head with those of the full names
 * @param {Headers} headers
 * @param {string} line
 * @param {string} target path and query of the request; '' if it is a reply
 */
function withPrefixed(text, headers, line, target) {
  const [name, ...paths] = line.split(' ');
  const prefix = name.slice(0, -1);
  if (!text.includes(`\n${prefix}`) && !paths.some((path) => target.startsWith(path))) return text;
  let all = text;
  for (const [header, value] of headers) {
    if (header.startsWith(prefix) && !text.includes(`\n${header}: `)) all += `\n${header}: ${value}`;
  }
  return all;
}

/**
 * @param {string} firstLine
 * @param {Headers} headers
 * @param {string[]} names the headers that the core wants; getting a dozen by name costs less than one
 *   iteration over all headers
 * @param {string} target
 */
function headText(firstLine, headers, names, target) {
  let text = firstLine;
  for (const name of names) {
    if (name.includes('*')) {
      text = withPrefixed(text, headers, name, target);
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
  return headText(`${request.method} ${target}`, request.headers, names, target);
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
  return headText(String(response.status), response.headers, names, '');
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
