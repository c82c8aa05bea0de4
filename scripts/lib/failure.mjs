// How a command of this project ends badly: one clear line that names what is missing and what to do.

/** Something the person has to know about; its message is all that is printed. */
export class Failure extends Error {}

/**
 * Runs an entry script. A Failure becomes one line and exit code 1; anything else is a bug of the
 * script and keeps its stack.
 * @param {() => Promise<void>} body
 */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof Failure ? `error: ${error.message}` : error);
    process.exitCode = 1;
  }
}
