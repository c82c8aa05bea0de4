// The gateway's estimate of tokens against a tokenizer, by kind of text: what a client is told must not be too low.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';

const FRAME_TOKENS = 4; // Of a message.

let upstream, gateway, main;

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({ workers: { main: standardSettings(upstream) } });
  main = gateway.clients.main;
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const read = (name) => fs.readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const random = (bytes) => crypto.createHash('shake256', { outputLength: bytes }).update('seed').digest();

const TEXTS = {
  English: read('ARCHITECTURE.md') + read('README.md'),
  German: `Die alte Hafenstadt erwachte langsam. Die Fischer flickten ihre Netze auf der Kaimauer, während die erste
Fähre des Tages in die Bucht einbog, und aus der Bäckerei an der Ecke strömte der Duft von frischem Brot. Niemand hatte
es eilig; bis zur Eröffnung des Marktes blieb noch genügend Zeit. Die Geschwindigkeitsbeschränkung auf der Bundesstraße
wurde durch das Verwaltungsgericht aufgehoben, weil die Straßenverkehrsbehörde die Verhältnismäßigkeit nicht ausreichend
begründet hatte. Sie hatte versprochen, jede Woche zu schreiben, doch die Briefe waren kürzer und seltener geworden.`,
  Chinese: `清晨的老港口慢慢醒来。渔民们在码头上修补渔网，第一班渡轮驶入海湾，街角的面包店飘来新鲜面包的香味。没有人着急，
市场开门之前还有足够的时间。她答应每个星期都写信，可是信越来越短，也越来越少，他开始怀疑这些信会不会完全停止。人工智能技术
正在迅速发展，许多企业已经开始使用大型语言模型来处理日常工作。请先阅读代码，然后运行测试，最后再修改文件。`,
  'C++': read('src/gateway/chat/exchange.cpp') + read('src/chat/token_estimate.cpp'),
  JSON: JSON.stringify(JSON.parse(read('package-lock.json'))),
  'indented JSON': read('package.json'),
  digits: [...random(3000)].map((byte) => byte % 10).join(''),
  'rows of numbers': [...random(2000)].map((byte, i) => (byte * (i + 1)) / 8).join(', '),
  base64: random(6000).toString('base64'),
  hex: random(3000).toString('hex'),
};

for (const [kind, text] of Object.entries(TEXTS)) {
  test(`of ${kind} is between 0.95 and 1.5 of the true count`, async () => {
    const body = { model: 'echo', messages: [{ role: 'user', content: text }] };
    const { json, headers } = await main.send({ path: '/v1/messages/count_tokens', body });
    assert.equal(headers['x-onellm-estimated'], 'input_tokens');
    const ratio = (json.input_tokens - FRAME_TOKENS) / encode(text).length;
    assert.ok(ratio >= 0.95 && ratio <= 1.5, `${ratio.toFixed(2)} of the true count`);
  });
}
