// Composition root: the only file that knows all rooms. Opens the store, wires sound, session and library, shows the page.
import { mount } from 'svelte';
import { createHost } from './audio/host.ts';
import { createRenderClient } from './audio/renderClient.ts';
import { FACTORY } from './presets/factory.ts';
import { openStore } from './presets/store.ts';
import App from './ui/App.svelte';
import './ui/theme.css';
import './ui/controls.css';
import './ui/controls/range.css';
import { Library } from './ui/library.svelte.ts';
import { Settings } from './ui/library/settings.svelte.ts';
import { Night } from './ui/night.svelte.ts';
import { Practice } from './ui/practice.svelte.ts';
import { openShelf } from './practice/shelf.ts';
import { Session } from './ui/session.svelte.ts';
import { watchLinks } from './ui/share/watchLinks.ts';

async function start(target: HTMLElement): Promise<void> {
  const store = await openStore();
  const settings = new Settings(store);
  // What cannot be read now is said by the library, which asks once more.
  const none = { presets: [], unreadable: 0 };
  const [draft, kept] = await Promise.all([store.loadDraft(), store.list().catch(() => none), settings.load()]);
  const all = [...kept.presets.map(({ preset }) => preset), ...FACTORY];
  const first = all.find(({ id }) => id === draft?.presetId) ?? FACTORY[0];
  if (!first) throw new Error('There is no sound to begin with.');

  const renderer = createRenderClient();
  const session = new Session({ host: createHost(), store, renderer, settings, first, draft });
  const library = new Library({ store, session, renderer, settings });
  session.onNotice = (text) => {
    library.toasts.say(text);
  };
  // Opened first: a night that was cut off is told of as soon as there is a night.
  const shelf = await openShelf();
  const night = new Night(session, library);
  const practice = new Practice(session, library, night, shelf);
  target.replaceChildren();
  mount(App, { target, props: { session, library, night, practice } });
  await Promise.all([library.load(), practice.load()]);
  watchLinks((fragment) => void library.openLink(fragment));
  const { begin } = await import('./ui/offline/begin.ts');
  await begin(session, library);
}

const target = document.getElementById('app');
if (target) void start(target);
