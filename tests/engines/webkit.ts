// WebKitGTK's MiniBrowser on a virtual display, by W3C WebDriver (HTTP and JSON) through WebKitWebDriver.
import { mkdirSync } from 'node:fs';
import { ELEMENT_KEY, keyActions, SCRIPT_SEC, TIMEOUTS } from './browser.ts';
import type { Browser } from './browser.ts';
import { freePort, poll, start, within } from './processes.ts';

const START_SEC = 30;
const COMMAND_SEC = SCRIPT_SEC + 10;
const CLOSE_SEC = 5;
const SCREEN = '1400x1000x24';

/** Where the programs are. */
export interface WebKitPaths {
  readonly webKitDriver: string;
  readonly miniBrowser: string;
  readonly xvfb: string;
}

/**
 * Starts a virtual display, the driver and the browser.
 * @param paths - of the programs
 * @param folder - an empty folder for the browser's data
 * @param env - variables for the programs
 * @returns the browser; it ends with `stopAll` at the latest.
 * @throws Error when one of the programs does not start.
 */
export async function openWebKit(paths: WebKitPaths, folder: string, env: NodeJS.ProcessEnv): Promise<Browser> {
  mkdirSync(folder, { recursive: true });
  const display = await openDisplay(paths.xvfb);
  const port = await freePort();
  const driver = start(paths.webKitDriver, [`--port=${port}`, '--host=127.0.0.1'], {
    ...env,
    DISPLAY: display,
    GDK_BACKEND: 'x11',
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    LIBGL_ALWAYS_SOFTWARE: '1',
    WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    NO_AT_BRIDGE: '1',
  });
  const root = `http://127.0.0.1:${port}`;
  await poll(START_SEC, 'WebKitWebDriver starts', () => {
    if (driver.child.exitCode !== null) throw new Error(driver.log());
    return send('GET', `${root}/status`);
  });
  const session = await send('POST', `${root}/session`, {
    capabilities: {
      alwaysMatch: {
        timeouts: TIMEOUTS,
        'webkitgtk:browserOptions': { binary: paths.miniBrowser, args: ['--automation'] },
      },
    },
  }).catch((error: unknown) => {
    throw new Error(`WebKit does not start: ${String(error)}\n${driver.log()}`);
  });
  const { sessionId, capabilities } = session as { sessionId: string; capabilities: { browserVersion: string } };
  const at = `${root}/session/${sessionId}`;
  await send('POST', `${at}/window/rect`, { x: 0, y: 0, width: 1280, height: 900 });
  return {
    version: `WebKitGTK ${capabilities.browserVersion}`,
    navigate: async (url) => {
      await send('POST', `${at}/url`, { url });
    },
    reload: async () => {
      await send('POST', `${at}/refresh`);
    },
    runScript: (script, args) => send('POST', `${at}/execute/async`, { script, args }),
    click: async (element) => {
      await send('POST', `${at}/element/${element[ELEMENT_KEY]}/click`);
    },
    pressKeys: async (...keys) => {
      await send('POST', `${at}/actions`, { actions: keyActions(keys) });
    },
    screenshot: async () => String(await send('GET', `${at}/screenshot`)),
    close: async () => {
      await within(CLOSE_SEC, 'WebKit closes', send('DELETE', at)).catch(() => undefined); // it is ended all the same
      await driver.stop();
    },
  };
}

/** @returns the name of a virtual display, as `DISPLAY` wants it. */
async function openDisplay(xvfb: string): Promise<string> {
  let number = '';
  const display = start(xvfb, ['-displayfd', '1', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {}, (chunk) => {
    number += chunk.toString();
  });
  await poll(START_SEC, 'Xvfb starts', () => {
    if (display.child.exitCode !== null) throw new Error(display.log());
    return number.endsWith('\n');
  });
  return `:${number.trim()}`;
}

async function send(method: string, url: string, body: object = {}): Promise<unknown> {
  const response = await fetch(url, {
    method,
    ...(method === 'POST' ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}),
    signal: AbortSignal.timeout(1000 * COMMAND_SEC),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`${method} ${new URL(url).pathname}: ${error}. ${message}`);
}
