// The app's page in a driven browser: code run in it, elements found by role and name, presses.
import type { Browser, ElementReference } from './browser.ts';
import { poll } from './processes.ts';

const WAIT_SEC = 20;

/** An element that a person can reach, by its role and its accessible name. */
export interface Target {
  readonly role: keyof typeof ELEMENTS;
  /** The whole name, or a pattern somewhere in it. */
  readonly name: string | RegExp;
}

/** CSS selectors of the roles that the steps use. */
const ELEMENTS = {
  button: 'button, [role="button"]',
  heading: 'h1, h2, h3, [role="heading"]',
  slider: 'input[type="range"], [role="slider"]',
};

/** One page, with its browser's real presses. */
export class Page {
  readonly browser: Browser;

  constructor(browser: Browser) {
    this.browser = browser;
  }

  /**
   * Runs a function in the page.
   * @param run - the function; it may use nothing from outside itself
   * @param args - its arguments, plain data
   * @returns what it returns: plain data or elements.
   * @throws Error with the function's own message.
   */
  async evaluate<A extends readonly unknown[], R>(run: (...args: A) => R | Promise<R>, ...args: A): Promise<R> {
    const body = `
      const args = [...arguments];
      const done = args.pop();
      Promise.resolve().then(() => (${String(run)})(...args)).then(
        (value) => done({ value }),
        (error) => done({ error: String(error) }),
      );`;
    const result = (await this.browser.runScript(body, args)) as { value: R; error?: string };
    if (result.error !== undefined) throw new Error(result.error);
    return result.value;
  }

  /** @returns the first visible element of the kind, or null. */
  find({ role, name }: Target): Promise<ElementReference | null> {
    const pattern = typeof name === 'string' ? `^${name}$` : name.source;
    return this.evaluate(findByName, ELEMENTS[role], pattern) as Promise<ElementReference | null>;
  }

  /** Waits until there is such an element. */
  wait(target: Target, limitSec = WAIT_SEC): Promise<ElementReference> {
    return poll(limitSec, `There is a ${target.role} ${String(target.name)}`, () => this.find(target));
  }

  /** Waits for an element and presses it. */
  async press(target: Target): Promise<void> {
    await poll(WAIT_SEC, `The ${target.role} ${String(target.name)} can be pressed`, async () => {
      const element = await this.find(target);
      if (element) await this.browser.click(element);
      return element;
    });
  }
}

function findByName(selector: string, pattern: string): Element | null {
  const nameOf = (element: Element): string => {
    const ids = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const texts = [...ids.map((id) => document.getElementById(id)), ...labels].map((label) => label?.textContent ?? '');
    const name = element.getAttribute('aria-label') ?? (texts.length > 0 ? texts.join(' ') : element.textContent);
    return name.replace(/\s+/g, ' ').trim();
  };
  const expected = new RegExp(pattern);
  for (const element of document.querySelectorAll(selector))
    if (
      element.checkVisibility() &&
      !element.closest('[inert], [aria-hidden="true"]') &&
      expected.test(nameOf(element))
    )
      return element;
  return null;
}
