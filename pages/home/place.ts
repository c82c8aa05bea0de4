// Where this deployment runs, as far as its address tells, and how a setting is set there.

export interface Place {
  isLocal: boolean;
  /** The Worker's name, for wrangler and for Cloudflare's dashboard. */
  worker: string;
}

/** The name in wrangler.toml. */
const WORKER_DEFAULT = 'one-llm-api';
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const WORKERS_DEV = /^([a-z0-9-]+)\.[a-z0-9-]+\.workers\.dev$/;

export function placeOf(hostname: string): Place {
  const name = WORKERS_DEV.exec(hostname)?.[1];
  return { isLocal: LOCAL.test(hostname), worker: name ?? WORKER_DEFAULT };
}

export const place = placeOf(location.hostname);

/** The command that sets a secret setting. */
export function secretCommand(name: string, { isLocal, worker }: Place = place): string {
  return isLocal ? `echo '${name}=<value>' >> .dev.vars` : `npx wrangler secret put ${name} --name ${worker}`;
}

/** The same without a shell. */
export function secretOtherwise({ isLocal, worker }: Place = place): string {
  return isLocal
    ? 'Or write that line into .dev.vars with an editor. npm start reads the file when it starts.'
    : `Or in Cloudflare’s dashboard: Workers & Pages, ${worker}, Settings, Variables and Secrets, Add, type Secret.`;
}
