// Composition root: the only file that knows all rooms. Opens the store, wires sound, session and library, shows the page.
import { mount } from 'svelte';
import { createHost } from './audio/host.ts';
import { createRenderClient } from './audio/renderClient.ts';
import { FACTORY } from './presets/factory.ts';
import { openStorage } from './storage/openStorage.ts';
import App from './ui/app/App.svelte';
import { initLocale } from './ui/app/initLocale.ts';
import './ui/app/theme.css';
import './ui/kit/controls.css';
import './ui/kit/range.css';
import { Library } from './ui/features/library/library.svelte.ts';
import { Settings } from './ui/features/settings/settings.svelte.ts';
import { Night } from './ui/features/night/night.svelte.ts';
import { Practice } from './ui/features/practice/practice.svelte.ts';
import { Session } from './ui/features/editor/session.svelte.ts';
import { watchLinks } from './ui/features/import/watchLinks.ts';

async function start(target: HTMLElement): Promise<void> {
  await initLocale();
  const storage = await openStorage();
  const settings = new Settings(storage.settings);
  // What cannot be read now is said by the library, which asks once more.
  const none = { presets: [], unreadable: 0 };
  const [draft, kept] = await Promise.all([
    storage.drafts.load(),
    storage.presets.list().catch(() => none),
    settings.load(),
  ]);
  const all = [...kept.presets.map(({ preset }) => preset), ...FACTORY];
  const first = all.find(({ id }) => id === draft?.presetId) ?? FACTORY[0];
  if (!first) throw new Error('There is no sound to begin with.');

  const renderer = createRenderClient();
  const session = new Session({ host: createHost(), drafts: storage.drafts, renderer, settings, first, draft });
  const library = new Library({ storage, session, renderer, settings });
  session.onNotice = (text) => {
    library.toasts.say(text);
  };
  const night = new Night(session, library);
  const practice = new Practice(session, library, night);
  target.replaceChildren();
  mount(App, { target, props: { session, library, night, practice } });
  await Promise.all([library.load(), practice.load()]);
  watchLinks((fragment) => void library.openLink(fragment));
  const { begin } = await import('./ui/features/offline/registerServiceWorker.ts');
  await begin(session, library);
}

const target = document.getElementById('app');
if (target) void start(target);
