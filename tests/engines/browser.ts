// What a driven browser can do: the few WebDriver commands that the steps need, for each engine's own connection.

/** A reference to an element of the page, as WebDriver writes it. */
export type ElementReference = Readonly<Record<typeof ELEMENT_KEY, string>>;

/** The key that marks an element reference (W3C WebDriver, section "Elements"). */
export const ELEMENT_KEY = 'element-6066-11e4-a52e-4f735466cecf';

/** WebDriver's code for the Control key (section "Keyboard actions"). */
export const CONTROL_KEY = '\uE009';

/** One browser window under control. Every method rejects with the browser's own message. */
export interface Browser {
  /** Name and version. */
  readonly version: string;
  navigate(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs the body of a function in the page; it calls its last argument with the result. */
  runScript(body: string, args: readonly unknown[]): Promise<unknown>;
  /** A real click, which counts as a user gesture. */
  click(element: ElementReference): Promise<void>;
  /** Presses keys together, the last one last. */
  pressKeys(...keys: string[]): Promise<void>;
  /** @returns a PNG, in base64. */
  screenshot(): Promise<string>;
  close(): Promise<void>;
}

/** Seconds that the browser itself gives to a script in the page, and to the load of a page. */
export const SCRIPT_SEC = 90;
export const LOAD_SEC = 30;

/** The same for WebDriver's `timeouts` capability. */
export const TIMEOUTS = { script: 1000 * SCRIPT_SEC, pageLoad: 1000 * LOAD_SEC, implicit: 0 };

/**
 * WebDriver's `actions` for keys pressed together.
 * @param keys - characters or WebDriver key codes
 * @returns the parameter of the command "Perform Actions".
 */
export function keyActions(keys: readonly string[]): unknown {
  const down = keys.map((value) => ({ type: 'keyDown', value }));
  const up = [...keys].reverse().map((value) => ({ type: 'keyUp', value }));
  return [{ type: 'key', id: 'keyboard', actions: [...down, ...up] }];
}
