// Models that make a file when they are asked and have a tool for commands, one of each provider's kind. They say two
// words when the file is made.

import { answer as answerAsClaude } from '../worker/support/anthropic_wire.mjs';
import { answer as answerAsGemini } from '../worker/support/google_wire.mjs';
import { DONE, finish, role, text, toolCall, usageChunk } from '../worker/support/openai_wire.mjs';
import { answer as answerAsResponses, textItem } from '../worker/support/responses_wire.mjs';

export const FILE = 'made.txt';
export const CONTENT = 'by hand';
export const LAST_WORDS = 'All done.';

const ID = 'toolu_made';
const isShell = (name) => /^(bash|run_commands?|execute_command|shell)$/i.test(name ?? '');

/** The arguments for a tool that runs a command, as its schema wants them. */
function argumentsFor({ properties = {} }) {
  const command = `echo '${CONTENT}' > ${FILE}`;
  const all = { command, description: 'Makes the file', commands: [command], requires_approval: false };
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in properties));
}

function responses(call) {
  const { input, tools = [] } = call.json;
  const shell = tools.find(({ name }) => isShell(name));
  const isMade = input.some(({ type }) => type === 'function_call_output');
  if (!shell || isMade) return answerAsResponses(call, [textItem(LAST_WORDS)]);
  const args = JSON.stringify(argumentsFor(shell.parameters));
  const item = { id: 'fc_1', type: 'function_call', call_id: ID, name: shell.name, arguments: args };
  return answerAsResponses(call, [item]);
}

function chat(call) {
  if (call.path.endsWith('/responses')) return responses(call);
  const { messages, tools = [], stream_options: options } = call.json;
  const shell = tools.find(({ function: { name } = {} }) => isShell(name))?.function;
  const isMade = messages.some((message) => message.role === 'tool');
  const answer =
    shell && !isMade
      ? [
          ...toolCall(0, ID, shell.name, JSON.stringify(argumentsFor(shell.parameters)).match(/.{1,7}/g)),
          finish('tool_calls'),
        ]
      : [text('All '), text('done.'), finish('stop')];
  return call.play([role(), ...answer, ...(options?.include_usage ? [usageChunk()] : []), DONE]);
}

function claude(call) {
  const { messages, tools = [] } = call.json;
  const shell = tools.find(({ name }) => isShell(name));
  const isMade = messages.some(({ content }) => content.some?.(({ type }) => type === 'tool_result'));
  if (!shell || isMade) return answerAsClaude(call, [{ type: 'text', text: LAST_WORDS }]);
  const input = argumentsFor(shell.input_schema);
  return answerAsClaude(call, [{ type: 'tool_use', id: ID, name: shell.name, input }], {
    stopReason: 'tool_use',
  });
}

function gemini(call) {
  const { contents, tools = [] } = call.json;
  const known = tools.flatMap(({ functionDeclarations = [] }) => functionDeclarations);
  const shell = known.find(({ name }) => isShell(name));
  const isMade = contents.some(({ parts }) => parts.some(({ functionResponse }) => functionResponse));
  if (!shell || isMade) return answerAsGemini(call, [{ text: LAST_WORDS }]);
  const args = argumentsFor(shell.parametersJsonSchema ?? shell.parameters);
  return answerAsGemini(call, [
    { functionCall: { name: shell.name, args }, thoughtSignature: 'c2lnbmF0dXJl' },
  ]);
}

/** By the name in a request; `several` is two models at once. */
export const MODELS = {
  OpenAI: { model: 'gpt-4o', scripts: { 'gpt-4o': chat } },
  Claude: { model: 'claude-sonnet-4-5', scripts: { 'claude-sonnet-4-5': claude } },
  Gemini: { model: 'gemini-2.5-pro', scripts: { 'gemini-2.5-pro': gemini } },
  'a compatible host': { model: 'host-model', scripts: { 'host-model': chat } },
  'the second of two': {
    model: 'down|gpt-4o',
    scripts: { down: (call) => call.send(503, { error: { message: 'down' } }) },
  },
};
