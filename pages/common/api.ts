// Requests to the gateway that serves this page. A failure is a value: what kind it is decides what a page shows.
import { key } from './key.ts';

export type FailureKind = 'wrong_key' | 'forbidden' | 'not_configured' | 'unreachable' | 'other';

export interface Failure {
  kind: FailureKind;
  message: string;
  status: number;
  requestId: string;
}

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export interface RequestOptions {
  method?: string;
  body?: unknown;
  signal?: AbortSignal;
  /** False: send no key. */
  withKey?: boolean;
}

/** Why a request was given up: nobody wants its answer any more. */
export const isAborted = (failure: Failure) => failure.status === 0 && failure.message === '';

export async function request<T>(path: string, options: RequestOptions = {}): Promise<Result<T>> {
  let response: Response;
  try {
    response = await send(path, options);
  } catch (error) {
    return { ok: false, failure: unreachable(error, options.signal) };
  }
  if (!response.ok) return { ok: false, failure: await failureOf(response) };
  try {
    return { ok: true, value: (await response.json()) as T };
  } catch (error) {
    return { ok: false, failure: unreachable(error, options.signal) };
  }
}

export function send(path: string, { method = 'GET', body, signal, withKey = true }: RequestOptions) {
  const headers: Record<string, string> = {};
  if (withKey) headers.authorization = `Bearer ${key.value}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  const sent = body === undefined ? null : JSON.stringify(body);
  return fetch(path, { method, headers, body: sent, signal: signal ?? null, credentials: 'omit' });
}

export function unreachable(error: unknown, signal?: AbortSignal): Failure {
  const message = signal?.aborted ? '' : `The gateway did not answer: ${(error as Error).message}`;
  return { kind: 'unreachable', message, status: 0, requestId: '' };
}

export async function failureOf(response: Response): Promise<Failure> {
  const requestId = response.headers.get('x-request-id') ?? '';
  const text = await response.text().catch(() => '');
  let message = text.slice(0, 400);
  let code = '';
  try {
    const { error } = JSON.parse(text);
    message = String(error.message);
    code = String(error.code ?? '');
  } catch {
    // No JSON of ours: something before the gateway answered.
  }
  message ||= `The gateway answered with status ${response.status}.`;
  return { kind: kindOf(response.status, code), message, status: response.status, requestId };
}

function kindOf(status: number, code: string): FailureKind {
  if (code === 'not_configured') return 'not_configured';
  if (status === 401) return 'wrong_key';
  return status === 403 ? 'forbidden' : 'other';
}
