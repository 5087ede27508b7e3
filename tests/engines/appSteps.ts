// What a person does in the app, step by step, with the words on the screen by which the steps find their way.
import { CONTROL_KEY } from './browser.ts';
import type { Page, Target } from './page.ts';
import { poll } from './processes.ts';
import type { SoundSink } from './soundSink.ts';

/** The only words of the screen that these tests know. */
const PLAY: Target = { role: 'button', name: 'Play' };
const STOP: Target = { role: 'button', name: 'Stop' };
const SLIDER: Target = { role: 'slider', name: /^Softness/ };
const LISTEN: Target = { role: 'button', name: 'Listen' };
const ADD: Target = { role: 'button', name: /^Add to/ };

/** Levels of `SoundSink`: quiet sounds reach 0.0002, and nothing is 0. */
const AUDIBLE = 0.00005;
const SILENT = 0.000005;
/** The audio clock has run this long, seconds. */
const CLOCK_SEC = 3;
/** A busy machine plays with dropouts, and begins late. */
const SOUND_WAIT_SEC = 40;
const WAIT_SEC = 20;
const END_KEY = '\uE010';

declare global {
  interface Window {
    engineWatch: { readonly contexts: Set<AudioContext>; readonly errors: string[] };
  }
}

/** What the steps have to do with. */
export interface AppTest {
  readonly page: Page;
  readonly sink: SoundSink;
  /** Where the built app is served. */
  readonly url: string;
  /** A link to a sound that the app does not bring along, and its name. */
  readonly link: string;
  readonly linkName: string;
}

/** Steps by name; each one starts anew, and throws an Error that says what was not as it should be. */
export const APP_STEPS: Readonly<Record<string, (test: AppTest) => Promise<void>>> = {
  'plays: the audio clock runs, the sound card gets sound; stops: it gets none': playAndStop,
  'saves a changed sound, and opens it again after a reload': saveAndReload,
  'opens a link: shows the sound, plays it, adds it to the saved ones': openLink,
};

async function playAndStop({ page, sink, url }: AppTest): Promise<void> {
  await openApp(page, url);
  await expectSilence(sink);
  await page.press(PLAY);
  await page.wait(STOP);
  await expectSound(page, sink);
  await page.press(STOP);
  await page.wait(PLAY);
  await expectSilence(sink);
  await expectNoErrors(page);
}

async function saveAndReload({ page, url }: AppTest): Promise<void> {
  await openApp(page, url);
  const originalName = await openName(page);
  const originalValue = await sliderValue(page);
  await page.evaluate(
    (slider) => {
      (slider as unknown as HTMLElement).focus();
    },
    await page.wait(SLIDER),
  );
  await page.browser.pressKeys(END_KEY);
  const changedValue = await poll(WAIT_SEC, 'The slider moves', async () => {
    const value = await sliderValue(page);
    return value !== originalValue && value;
  });
  await page.browser.pressKeys(CONTROL_KEY, 's');
  const savedName = await poll(WAIT_SEC, 'The sound is saved under a name of its own', async () => {
    const name = await openName(page);
    return name !== originalName && name;
  });
  await page.wait({ role: 'button', name: savedName });
  await expectNoErrors(page);

  await page.browser.reload();
  await watchPage(page);
  for (const [name, value] of [
    [originalName, originalValue],
    [savedName, changedValue],
  ] as const) {
    await page.press({ role: 'button', name });
    await poll(WAIT_SEC, `“${name}” opens with ${value}`, async () => (await sliderValue(page)) === value);
  }
  await expectNoErrors(page);
}

async function openLink({ page, sink, link, linkName }: AppTest): Promise<void> {
  await page.browser.navigate('about:blank'); // with a page of the app open, only its address would change
  await page.browser.navigate(link);
  await watchPage(page);
  await page.wait({ role: 'heading', name: linkName });
  await expectSilence(sink);
  await page.press(LISTEN);
  await expectSound(page, sink);
  await page.press(ADD);
  const card: Target = { role: 'button', name: linkName };
  await page.wait(card);
  await expectNoErrors(page);
  await page.browser.reload();
  await page.wait(card);
}

async function openApp(page: Page, url: string): Promise<void> {
  await page.browser.navigate('about:blank');
  await page.browser.navigate(url);
  await page.wait(PLAY);
  await watchPage(page);
}

/** Notes the page's audio contexts and errors from now on: before the first press the app has no sound. */
function watchPage(page: Page): Promise<void> {
  return page.evaluate(() => {
    const watch: Window['engineWatch'] = { contexts: new Set(), errors: [] };
    window.engineWatch = watch;
    window.addEventListener('error', ({ message }) => watch.errors.push(message));
    window.addEventListener('unhandledrejection', ({ reason }) => watch.errors.push(String(reason)));
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      watch.errors.push(`refused by ${effectiveDirective}: ${blockedURI}`),
    );
    const { connect } = AudioNode.prototype as unknown as { connect: (...args: unknown[]) => unknown };
    AudioNode.prototype.connect = function (this: AudioNode, ...args: unknown[]) {
      if (this.context instanceof AudioContext) watch.contexts.add(this.context);
      return connect.apply(this, args);
    } as AudioNode['connect'];
  });
}

/** How many audio contexts the app has opened, and the newest one's time in seconds and state. */
interface AudioClock {
  readonly contexts: number;
  readonly sec: number;
  readonly state: string;
}

function audioClock(page: Page): Promise<AudioClock> {
  return page.evaluate(() => {
    const { contexts } = window.engineWatch;
    const newest = [...contexts].pop();
    return { contexts: contexts.size, sec: newest?.currentTime ?? 0, state: newest?.state ?? 'missing' };
  });
}

async function expectNoErrors(page: Page): Promise<void> {
  const errors = await page.evaluate(() => window.engineWatch.errors);
  if (errors.length > 0) throw new Error(`Errors in the page: ${errors.join('; ')}`);
}

/** @returns the name of the open sound: the page's one main heading. */
function openName(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector('h1')?.textContent.trim() ?? '');
}

async function sliderValue(page: Page): Promise<string> {
  const slider = await page.wait(SLIDER);
  return page.evaluate((element) => (element as unknown as HTMLElement).getAttribute('aria-valuetext') ?? '', slider);
}

/** The clock of the app's audio runs, and its sound arrives at the sound card. */
async function expectSound(page: Page, sink: SoundSink): Promise<void> {
  await poll(SOUND_WAIT_SEC, `The audio clock runs for ${CLOCK_SEC} s`, async () => {
    const { contexts, sec, state } = await audioClock(page);
    if (sec < CLOCK_SEC) throw new Error(`${sec.toFixed(2)} s, audio context no. ${contexts} is ${state}`);
    return true;
  });
  await poll(SOUND_WAIT_SEC, 'The sound card gets sound', async () => {
    const level = await sink.level(1);
    if (level < AUDIBLE) throw new Error(`a level of ${level.toExponential(1)}`);
    return true;
  });
}

/** What the browser and the sound server have queued runs out, and then nothing comes. */
async function expectSilence(sink: SoundSink): Promise<void> {
  await poll(WAIT_SEC, 'The sound card gets silence', async () => {
    const level = await sink.level(1);
    if (level > SILENT) throw new Error(`a level of ${level.toExponential(1)}`);
    return true;
  });
}
