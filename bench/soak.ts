// The whole page as people have it, with a handle for the soak: begins a night inside a press, tells how it stands.
import { mount } from 'svelte';
import { createHost } from '../src/audio/host.ts';
import type { Interruption } from '../src/audio/types.ts';
import { createRenderClient } from '../src/audio/renderClient.ts';
import { FACTORY } from '../src/presets/factory.ts';
import { openStorage } from '../src/storage/openStorage.ts';
import { DEFAULT_NIGHT } from '../src/synth/index.ts';
import App from '../src/ui/app/App.svelte';
import { createApp } from '../src/ui/app/createApp.ts';
import '../src/ui/app/theme.css';
import '../src/ui/kit/controls.css';
import '../src/ui/kit/range.css';
import { Settings } from '../src/ui/features/settings/settings.svelte.ts';

const HOUR_SEC = 3600;
const host = createHost();
const interruptions: Interruption[] = [];
let frames = 0;

host.onInterruption((interruption) => interruptions.push(interruption));

async function start(target: HTMLElement): Promise<void> {
  const storage = await openStorage();
  const settings = new Settings(storage.settings);
  await settings.load();
  await settings.change({ onboardingDone: true });
  const first = FACTORY.find(({ name }) => name === new URLSearchParams(location.search).get('sound')) ?? FACTORY[0];
  if (!first) throw new Error('There is no sound to begin with.');
  const app = createApp({
    host,
    renderer: createRenderClient(),
    storage,
    settings,
    first,
  });
  mount(App, { target, props: { app } });
  await Promise.all([app.savedPresets.load(), app.practice.load()]);
}

function countFrames(): void {
  const ask = globalThis.requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (run) => {
    frames += 1;
    return ask(run);
  };
}

/** What `bench/soak.mjs` calls. */
const handle = {
  begin: (hours: number): Promise<void> => host.playNight({ ...DEFAULT_NIGHT, timerSec: hours * HOUR_SEC }),
  look: () => ({
    state: host.state,
    night: host.night,
    interruptions,
    visibility: document.visibilityState,
    framesAsked: frames,
    atMs: performance.now(),
  }),
};

countFrames();
const target = document.getElementById('app');
if (target) await start(target);
Object.assign(globalThis, { soak: handle });
