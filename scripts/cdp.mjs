// A Chromium of our own, spoken to through a pipe: no test tool in between that would keep hidden tabs awake.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findChromium } from './chromium.mjs';

const ARGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--no-first-run',
  '--mute-audio',
  '--remote-debugging-pipe',
];

/** `send(method, params, sessionId)` answers with the result; `on(method, listener)` hears events of every session. */
export function openChromium() {
  const profile = mkdtempSync(path.join(tmpdir(), 'hushcraft-chromium-'));
  const child = spawn(findChromium(), [...ARGS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [, , , writer, reader] = child.stdio;
  const waiting = new Map();
  const listeners = new Map();
  let last = 0;
  let rest = '';
  reader.setEncoding('utf8');
  reader.on('data', (text) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) hear(JSON.parse(message));
  });

  function hear({ id, method, params, result, error, sessionId }) {
    if (method) for (const listener of listeners.get(method) ?? []) listener(params, sessionId);
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(`${asked.method}: ${error.message}`));
    else asked?.done(result);
  }

  function send(method, params = {}, sessionId = undefined) {
    last += 1;
    const id = last;
    return new Promise((done, reject) => {
      waiting.set(id, { done, reject, method });
      writer.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  return {
    pid: child.pid,
    send,
    on(method, listener) {
      listeners.set(method, [...(listeners.get(method) ?? []), listener]);
    },
    async close() {
      const gone = new Promise((done) => child.once('exit', done));
      await send('Browser.close');
      await gone;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
