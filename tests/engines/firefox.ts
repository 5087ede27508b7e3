// Firefox over Marionette, its built-in WebDriver server (TCP, JSON with a length prefix): no geckodriver is needed.
// Source: https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import path from 'node:path';
import { ELEMENT_KEY, keyActions, SCRIPT_SEC, TIMEOUTS } from './browser.ts';
import type { Browser } from './browser.ts';
import { poll, start, within } from './processes.ts';

const START_SEC = 60;
/** Longer than the browser's own limits, which have better messages. */
const COMMAND_SEC = SCRIPT_SEC + 10;

const PREFERENCES: Readonly<Record<string, boolean | number | string>> = {
  'marionette.port': 0,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

/**
 * Starts Firefox without a window.
 * @param file - path of the program
 * @param folder - an empty folder for its profile
 * @param env - variables for the program
 * @returns the browser; it ends with `stopAll` at the latest.
 * @throws Error when Firefox or its WebDriver server does not start.
 */
export async function openFirefox(file: string, folder: string, env: NodeJS.ProcessEnv): Promise<Browser> {
  mkdirSync(folder, { recursive: true });
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  writeFileSync(path.join(folder, 'user.js'), lines.join('\n'));
  const args = ['--headless', '--marionette', '--no-remote', '--profile', folder, '--width', '1280', '--height', '900'];
  const program = start(file, args, env);
  const port = await poll(START_SEC, 'Firefox opens its WebDriver port', () => {
    if (program.child.exitCode !== null) throw new Error(program.log());
    return Number(readFileSync(path.join(folder, 'MarionetteActivePort'), 'utf8'));
  });
  const connection = new Marionette(connect(port, '127.0.0.1'));
  const send = (name: string, parameters: object = {}): Promise<unknown> =>
    connection.send(`WebDriver:${name}`, parameters);
  const session = await send('NewSession', { capabilities: { alwaysMatch: { timeouts: TIMEOUTS } } });
  const { browserVersion } = (session as { capabilities: { browserVersion: string } }).capabilities;
  return {
    version: `Firefox ${browserVersion}`,
    navigate: async (url) => {
      await send('Navigate', { url });
    },
    reload: async () => {
      await send('Refresh');
    },
    runScript: async (script, args) => valueOf(await send('ExecuteAsyncScript', { script, args })),
    click: async (element) => {
      await send('ElementClick', { id: element[ELEMENT_KEY] });
    },
    pressKeys: async (...keys) => {
      await send('PerformActions', { actions: keyActions(keys) });
    },
    screenshot: async () => String(valueOf(await send('TakeScreenshot', { full: false }))),
    close: () => {
      connection.close();
      return program.stop();
    },
  };
}

function valueOf(result: unknown): unknown {
  return (result as { value: unknown }).value;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One connection: requests `[0, id, name, parameters]`, responses `[1, id, error, result]`. */
class Marionette {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #received = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      for (let message = this.#nextMessage(); message !== undefined; message = this.#nextMessage())
        this.#settle(JSON.parse(message));
    });
    const fail = (): void => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Firefox closed the connection.'));
      this.#waiting.clear();
    };
    socket.on('close', fail);
    socket.on('error', fail);
  }

  send(name: string, parameters: object): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const message = JSON.stringify([0, id, name, parameters]);
    const response = new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    this.#socket.write(`${String(Buffer.byteLength(message))}:${message}`);
    return within(COMMAND_SEC, `Firefox, ${name}`, response);
  }

  close(): void {
    this.#socket.destroy();
  }

  /** @returns the next whole message, which stands behind its length in bytes and a colon. */
  #nextMessage(): string | undefined {
    const colon = this.#received.indexOf(':');
    if (colon < 0) return undefined;
    const end = colon + 1 + Number(this.#received.toString('utf8', 0, colon));
    if (this.#received.length < end) return undefined;
    const message = this.#received.toString('utf8', colon + 1, end);
    this.#received = this.#received.subarray(end);
    return message;
  }

  #settle(message: unknown): void {
    if (!Array.isArray(message)) return; // the greeting
    const [, id, error, result] = message as [number, number, { error: string; message: string } | null, unknown];
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(`${error.error}: ${error.message}`));
    else waiting?.resolve(result);
  }
}
