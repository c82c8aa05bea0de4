// Calls methods of Durable Objects by names.

/**
 * @param {Record<string, any>} env
 * @param {string} head `BINDING object method`, as the core says it
 * @param {unknown} argument
 */
export function callObject(env, head, argument) {
  const [binding, name, method] = head.split(' ');
  const namespace = env[binding];
  return namespace.get(namespace.idFromName(name))[method](argument);
}
