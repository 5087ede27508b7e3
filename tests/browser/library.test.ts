// The library as a person meets it: real store, real state, real reading of files; only sound and rendering are stood in for.
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { AudioHost, RenderClient } from '../../src/audio/types.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { newPreset, serializePreset } from '../../src/formats/preset.ts';
import type { Preset } from '../../src/formats/preset.ts';
import { openStorage } from '../../src/storage/openStorage.ts';
import type { PresetStore } from '../../src/storage/presetStore.ts';
import { WorkerError } from '../../src/lib/workerRpc.ts';
import { triggerLabel } from '../../src/ui/triggerMessages.ts';
import '../../src/ui/app/theme.css';
import '../../src/ui/kit/controls.css';
import type { AppContext } from '../../src/ui/app/context.ts';
import { createApp } from '../../src/ui/app/createApp.ts';
import type { SceneEditor } from '../../src/ui/features/editor/sceneEditor.svelte.ts';
import { Settings } from '../../src/ui/features/settings/settings.svelte.ts';
import { LONG_WAIT } from '../helpers/wait.ts';
import LibraryScreen from './LibraryScreen.svelte';

const host: AudioHost = {
  state: 'idle',
  failure: null,
  sampleRate: 48000,
  play: () => Promise.resolve(),
  stop: () => undefined,
  setScene: () => undefined,
  setVolume: () => undefined,
  auditionLayer: () => Promise.resolve(),
  onState: () => () => undefined,
  onReport: () => () => undefined,
  readSpectrum: () => false,
  resume: () => Promise.resolve(),
  setTitle: () => undefined,
  setLowPower: () => undefined,
  night: null,
  playNight: () => Promise.resolve(),
  changeNight: () => undefined,
  onNight: () => () => undefined,
  onInterruption: () => () => undefined,
};

let databaseName = '';
let played = 0;
let file: RenderClient['exportFile'];
let freeBytes: number;

const renderer: RenderClient = {
  exportFile: (spec, options) => file(spec, options),
  canEncode: (format) => Promise.resolve(format !== 'opus'),
  freeBytes: () => Promise.resolve(freeBytes),
  removeOrphanedFiles: () => Promise.resolve(),
  renderThumbnail: (_scene, { columns, rows }) => Promise.resolve(new Uint8Array(columns * rows).fill(128)),
  measureLoudness: () => Promise.resolve(-30),
  hashSamples: () => Promise.resolve(''),
};

interface Opened extends AppContext {
  readonly store: PresetStore;
}

/** A tab: its own store and editor on the same database. `pickUp`: goes on with the latest work there is, as the app does. */
async function openTab({ pickUp = false } = {}): Promise<Opened> {
  const storage = await openStorage({ databaseName });
  const settings = new Settings(storage.settings);
  await settings.load();
  const draft = pickUp ? await storage.drafts.load() : null;
  const { presets } = await storage.presets.list();
  const departedFrom = presets.find((one) => one.preset.id === draft?.presetId)?.preset;
  const app = createApp({
    host: {
      ...host,
      play: () => {
        played += 1;
        return Promise.resolve();
      },
    },
    renderer,
    storage,
    settings,
    first: departedFrom ?? FACTORY[0]!,
    draft,
  });
  await app.savedPresets.load();
  return { ...app, store: storage.presets };
}

async function openPage(): Promise<Opened> {
  const tab = await openTab();
  await render(LibraryScreen, { app: tab });
  return tab;
}

function textFile(content: string, name = 'sound.hush.json'): File {
  return new File([content], name);
}

function kept(): ReturnType<typeof page.getByRole> {
  return page.getByRole('list', { name: 'Your sounds' });
}

/** An edit a person could make. */
function shape(editor: SceneEditor, gainDb: number): void {
  editor.setGain(editor.selectedId, gainDb);
}

async function violations(): Promise<string[]> {
  const { violations: found } = await axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

beforeEach(() => {
  databaseName = `test-${crypto.randomUUID()}`;
  sessionStorage.clear();
  played = 0;
  file = () => Promise.reject(new Error('not asked for'));
  freeBytes = 1e10;
});

afterEach(() => {
  vi.restoreAllMocks();
});

test('an empty library says so and offers the factory sounds with their words', async () => {
  await openPage();
  await expect.element(page.getByText('Nothing kept yet')).toBeVisible();
  const factory = page.getByRole('list', { name: 'Made for you to start from' });
  expect(factory.getByRole('listitem').elements()).toHaveLength(FACTORY.length);
  expect(await violations()).toEqual([]);
});

test('save keeps the open sound, says so, and it is there in the next visit', async () => {
  const { editor } = await openPage();
  shape(editor, -3);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect.element(page.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();
  await expect.element(kept().getByRole('listitem')).toBeVisible();
  expect(editor.dirty).toBe(false);
  expect(editor.presetId).not.toBe(FACTORY[0]!.id);

  const next = await openTab();
  expect(next.savedPresets.saved.map(({ preset }) => preset.scene)).toEqual([editor.scene]);
  expect(next.savedPresets.saved[0]?.name).toBe(`${FACTORY[0]!.name} 2`);
  expect(await violations()).toEqual([]);
});

test('a second save changes the same sound; save as makes another with its own name, tags and note', async () => {
  const { editor, savedPresets, currentPreset } = await openPage();
  await currentPreset.save();
  shape(editor, -5);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await vi.waitFor(() => {
    expect(editor.dirty).toBe(false);
  }, LONG_WAIT);
  expect(savedPresets.saved).toHaveLength(1);

  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: 'Save as' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as a new sound' });
  await dialog.getByLabelText('Name').fill('');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect.element(dialog.getByText('Give it a name first.')).toBeVisible();
  await dialog.getByLabelText('Name').fill('For the train');
  await dialog.getByLabelText('Tags').fill('travel, quiet, Travel');
  await dialog.getByLabelText('Note').fill('Twenty minutes before bed.');
  expect(await violations()).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect.element(page.getByRole('heading', { name: 'Save as a new sound' })).not.toBeInTheDocument();
  expect(savedPresets.saved.map(({ name }) => name)).toContain('For the train');
  const made = savedPresets.saved.find(({ name }) => name === 'For the train');
  expect(made?.tags).toEqual(['travel', 'quiet']);
  expect(made?.note).toBe('Twenty minutes before bed.');
  expect(editor.presetId).toBe(made?.id);
});

test('search by name, words and tags; favourites; and a way back from finding nothing', async () => {
  const { currentPreset } = await openPage();
  await currentPreset.saveAs('Quite unlike the others');
  const search = page.getByRole('searchbox', { name: 'Search your sounds' });
  await search.fill('UNLIKE quite');
  await expect.poll(() => page.getByRole('listitem').elements().length).toBe(1);
  await expect.element(page.getByRole('button', { name: 'Quite unlike the others', exact: true })).toBeVisible();
  await search.fill('no such sound');
  await expect.element(page.getByText('No sound matches.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();
  expect(page.getByRole('listitem').elements()).toHaveLength(FACTORY.length + 1);

  await page.getByRole('button', { name: 'Favourite: Quite unlike the others' }).click();
  await page.getByRole('button', { name: `Favourite: ${FACTORY[0]!.name}`, exact: true }).click();
  await page.getByRole('button', { name: 'Favourites', exact: true }).click();
  await expect.poll(() => page.getByRole('listitem').elements().length).toBe(2);

  const next = await openTab();
  expect(next.savedPresets.all.filter(({ favourite }) => favourite).map(({ name }) => name)).toEqual([
    'Quite unlike the others',
    FACTORY[0]!.name,
  ]);
});

test('delete can be undone from the notice and from the list', async () => {
  const { savedPresets, currentPreset, store } = await openPage();
  await currentPreset.saveAs('Dear to me');
  const before = savedPresets.saved[0]!.preset;
  for (const name of ['Undo', 'Bring back: Dear to me']) {
    await page.getByRole('button', { name: 'More for Dear to me' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect.poll(() => savedPresets.saved.length).toBe(0);
    expect((await store.list()).presets).toEqual([]);
    await page.getByRole('button', { name, exact: true }).click();
    await expect.poll(() => savedPresets.saved.length).toBe(1);
    expect(savedPresets.saved[0]!.preset).toEqual(before);
  }
});

test('opening another sound sets unsaved changes aside; going back to them loses nothing', async () => {
  const { editor, savedPresets, currentPreset } = await openPage();
  await currentPreset.saveAs('First');
  const id = editor.presetId;
  shape(editor, -7);
  const changed = editor.scene;
  await page.getByRole('button', { name: FACTORY[0]!.name, exact: true }).click();
  expect(editor.presetId).toBe(FACTORY[0]!.id);
  await expect.element(page.getByText('Set aside, not saved')).toBeVisible();

  // Another visit finds it too.
  const next = await openTab();
  expect(next.currentPreset.otherDrafts.map(({ scene }) => scene)).toEqual([changed]);

  await page.getByRole('button', { name: 'Go back to it: First' }).click();
  expect(editor.scene).toEqual(changed);
  expect(editor.presetId).toBe(id);
  expect(editor.dirty).toBe(true);
  await expect.element(page.getByText('Set aside, not saved')).not.toBeInTheDocument();
  await currentPreset.save();
  expect(savedPresets.saved.map(({ name, preset }) => [name, preset.scene])).toEqual([['First', changed]]);
});

test('95 a sound saved in another tab meanwhile: both are kept, and the person is told', async () => {
  const one = await openPage();
  await one.currentPreset.saveAs('Shared');
  const two = await openTab();
  two.currentPreset.open(two.savedPresets.saved[0]!);
  shape(two.editor, -2);
  shape(one.editor, -9);
  await two.currentPreset.save();
  await expect.poll(() => one.currentPreset.record?.revision).toBe(two.currentPreset.record!.revision);
  await one.currentPreset.save();
  await expect.element(page.getByText(/also changed in another tab. Both are kept/)).toBeVisible();
  const gains = one.savedPresets.saved.map(({ preset }) => preset.scene.layers[0]!.gainDb).sort((a, b) => a - b);
  expect(gains).toEqual([-9, -2]);
  expect(one.editor.dirty).toBe(false);
  expect(one.editor.scene.layers[0]!.gainDb).toBe(-9);
});

test('95 work of a tab that died, picked up in a new one, never goes over what another tab saved since', async () => {
  const one = await openTab();
  await one.currentPreset.saveAs('Lamp');
  sessionStorage.clear();
  const two = await openTab();
  two.currentPreset.open(two.savedPresets.saved[0]!);
  shape(two.editor, -2);
  await two.currentPreset.save();
  dispatchEvent(new PageTransitionEvent('pagehide'));
  await new Promise((resolve) => setTimeout(resolve, 5)); // "later" is told in milliseconds
  shape(one.editor, -7);
  dispatchEvent(new PageTransitionEvent('pagehide')); // its last word: an edit of the first revision
  sessionStorage.clear();
  const three = await openTab({ pickUp: true });
  expect(three.editor.scene.layers[0]!.gainDb).toBe(-7);
  expect(three.editor.revision).toBe(1);
  await three.currentPreset.save();
  const { presets } = await three.store.list();
  const found = presets.map(({ preset, revision }) => [preset.name, preset.scene.layers[0]!.gainDb, revision]);
  expect(new Set(found.map(String))).toEqual(new Set(['Lamp,-2,2', 'Lamp 2,-7,1']));
});

test('an opened file is shown first; nothing is kept or played until the person says so', async () => {
  const { editor, savedPresets, importQueue, store } = await openPage();
  const sent: Preset = { ...newPreset(FACTORY[0]!.scene, 'From a friend'), note: 'Closeness not above this.' };
  await importQueue.importFiles([textFile(serializePreset(sent))]);
  const dialog = page.getByRole('dialog', { name: 'From a friend' });
  await expect.element(dialog.getByText('Closeness not above this.')).toBeVisible();
  expect(await violations()).toEqual([]);
  await dialog.getByRole('button', { name: 'Not now' }).click();
  expect((await store.list()).presets).toEqual([]);

  await importQueue.importFiles([textFile(serializePreset(sent))]);
  await dialog.getByRole('button', { name: 'Add to your sounds' }).click();
  await expect.poll(() => savedPresets.saved.length).toBe(1);
  expect(savedPresets.saved[0]!.preset).toEqual(sent);

  // The same again is told apart, and does not overwrite.
  await importQueue.importFiles([textFile(serializePreset({ ...sent, note: 'Changed.' }))]);
  await expect.element(dialog.getByText(/You have this sound already/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep as a copy' }).click();
  await expect
    .poll(() => savedPresets.saved.map(({ name }) => name).sort())
    .toEqual(['From a friend', 'From a friend 2']);
  expect(savedPresets.saved.find(({ id }) => id === sent.id)?.note).toBe('Closeness not above this.');
  expect(editor.presetId).toBe(FACTORY[0]!.id);
  expect(played).toBe(0);
});

test.each([
  ['an empty file', ''],
  ['a picture', '\u0089PNG\r\n\u001a\n'],
  ['another kind of JSON', '{"format":"soundscape"}'],
  ['half a file', serializePreset(FACTORY[0]!).slice(0, -200)],
  ['a huge file', ' '.repeat(300 * 1024)],
])('%s is refused with the reason, and nothing changes', async (_, content) => {
  const { editor, currentPreset, store } = await openPage();
  await currentPreset.saveAs('Mine');
  const before = JSON.stringify([editor.scene, (await store.list()).presets]);
  const transfer = new DataTransfer();
  transfer.items.add(textFile(content, 'bad.json'));
  window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  const dialog = page.getByRole('dialog', { name: 'This file was not opened' });
  await expect.element(dialog.getByText('bad.json')).toBeVisible();
  await expect.element(dialog.getByText('Your sounds are as they were.')).toBeVisible();
  await expect.poll(() => dialog.element().querySelector('.calm')?.textContent.length ?? 0).toBeGreaterThan(20);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect.element(page.getByRole('heading', { name: 'This file was not opened' })).not.toBeInTheDocument();
  expect(JSON.stringify([editor.scene, (await store.list()).presets])).toBe(before);
  expect(played).toBe(0);
});

test('several files are looked at one after the other, good ones and bad', async () => {
  const { savedPresets, importQueue } = await openPage();
  const [one, two] = [newPreset(FACTORY[0]!.scene, 'One'), newPreset(FACTORY[0]!.scene, 'Two')];
  await importQueue.importFiles([
    textFile(serializePreset(one)),
    textFile('{', 'broken.json'),
    textFile(serializePreset(two)),
  ]);
  await expect.element(page.getByText('A sound was opened, 1 of 3')).toBeVisible();
  await page.getByRole('button', { name: 'Add to your sounds' }).click();
  await expect.element(page.getByText('From broken.json')).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect.element(page.getByText('A sound was opened, 3 of 3')).toBeVisible();
  await page.getByRole('button', { name: 'Add to your sounds' }).click();
  await expect.poll(() => savedPresets.saved.map(({ name }) => name).sort()).toEqual(['One', 'Two']);
});

test('an audio file: what fits, progress, cancel, failure in words, and the finished file', async () => {
  const { appState, editor, currentPreset } = await openPage();
  const clicked: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    clicked.push(this.download);
  });
  appState.openDialog('export', { preset: currentPreset.toPreset() });
  const dialog = page.getByRole('dialog', { name: 'Take it with you' });
  await expect.element(dialog.getByText('about 33 MB')).toBeVisible();
  await dialog.getByRole('radio', { name: '24 bit' }).click();
  await expect.element(dialog.getByText('about 49 MB')).toBeVisible();
  await expect.element(dialog.getByRole('radio', { name: /Opus this browser cannot make it/ })).toBeDisabled();
  expect(await violations()).toEqual([]);
  await dialog.getByRole('radio', { name: 'MP3' }).click();
  await expect.element(dialog.getByText('about 4 MB')).toBeVisible();
  await dialog.getByRole('radio', { name: 'A seamless loop' }).click();
  await expect.element(dialog.getByRole('radio', { name: 'MP3' })).toBeDisabled();
  await expect.element(dialog.getByRole('radio', { name: 'WAV' })).toBeChecked();

  file = ({ encoding, range: sound, tags }, { onProgress, signal }) =>
    new Promise((_resolve, reject) => {
      expect(encoding).toEqual({ format: 'wav', bits: 24, sampleRate: 48000 });
      expect(sound).toEqual({ kind: 'loop', seconds: 300 });
      expect(Object.values(tags?.chunks ?? {}).join()).toContain('hushcraft-preset');
      onProgress(0.42);
      signal.addEventListener('abort', () => {
        reject(new DOMException('', 'AbortError'));
      });
    });
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  await expect.element(page.getByRole('progressbar')).toHaveValue(0.42);
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(page.getByText('Cancelled. No file was made.')).toBeVisible();

  file = () => Promise.reject(new WorkerError('worker-failed'));
  await page.getByRole('button', { name: 'Make the file' }).click();
  await expect.element(dialog.getByText(/could not be computed. No file was made/)).toBeVisible();
  freeBytes = 5e6;
  await page.getByRole('button', { name: 'Make the file' }).click();
  await expect.element(dialog.getByText(/room for 5 MB. Choose a shorter length/)).toBeVisible();
  expect(clicked).toEqual([]);

  freeBytes = 1e10;
  let released = 0;
  file = () => Promise.resolve({ file: new Blob([new Uint8Array(2048)]), release: () => (released += 1) });
  await page.getByRole('button', { name: 'Make the file' }).click();
  await expect.poll(() => clicked).toEqual([`${editor.name}, loop.wav`]);
  await page.getByRole('button', { name: 'Done' }).click();
  expect(released).toBe(1);
});

test('a whole night asks for a place; a press on cancel there is not an error', async () => {
  const { appState, currentPreset } = await openPage();
  appState.openDialog('export', { preset: currentPreset.toPreset() });
  const dialog = page.getByRole('dialog', { name: 'Take it with you' });
  await dialog.getByRole('radio', { name: 'A whole night' }).click();
  await expect.element(dialog.getByRole('slider', { name: 'The last stretch, fading' })).toBeVisible();
  await expect.element(dialog.getByText('You will be asked where to put it.')).toBeVisible();
  expect(await violations()).toEqual([]);
  const picker = vi.fn(() => Promise.reject(new DOMException('', 'AbortError')));
  vi.stubGlobal('showSaveFilePicker', picker);
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  expect(picker).toHaveBeenCalledOnce();
  await expect.element(dialog.getByRole('button', { name: 'Make the file' })).toBeVisible();
  expect(document.querySelector('dialog [role=alert], [role=dialog] [role=alert]')).toBeNull();
  vi.unstubAllGlobals();
});

test('what must never play is kept, and said on the card', async () => {
  const { appState, editor } = await openPage();
  appState.openDialog('welcome');
  const dialog = page.getByRole('dialog', { name: 'Make the sound that works for you' });
  await expect.element(dialog.getByText(/not a medical device/)).toBeVisible();
  expect(await violations()).toEqual([]);
  const trigger = editor.scene.layers[0]!.trigger;
  await dialog.getByRole('checkbox', { name: triggerLabel(trigger) }).click();
  await dialog.getByRole('button', { name: 'Begin' }).click();
  await expect.element(page.getByText(/which you never want/).first()).toBeVisible();
  const next = await openTab();
  expect(next.settings.blockedTriggers).toEqual([trigger]);
  expect(next.settings.onboardingDone).toBe(true);
});

test('settings, about and every menu are reached and left by keyboard, and the focus comes back', async () => {
  const { appState, currentPreset } = await openPage();
  await currentPreset.saveAs('Mine');
  const opener = page.getByRole('button', { name: 'More for Mine' });
  opener.element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('menuitem', { name: 'Name, tags, note' })).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('heading', { name: 'Name, tags, note' })).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(opener).toHaveFocus();
  for (const [dialog, title] of [
    ['settings', 'Settings'],
    ['about', 'About Hushcraft'],
  ] as const) {
    appState.openDialog(dialog);
    await expect.element(page.getByRole('heading', { name: title })).toHaveFocus();
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => appState.dialog).toBe(null);
  }
});

test('a store that cannot keep anything says so and still lets the sound be taken away', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('switched off', 'InvalidStateError');
  });
  const { editor, savedPresets } = await openPage();
  expect(savedPresets.status.kind).toBe('memory');
  await expect.element(page.getByText('Your sounds are kept for this visit only')).toBeVisible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect.element(page.getByRole('button', { name: 'Kept for now' })).toBeVisible();
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  await page.getByRole('button', { name: 'Save this sound as a file' }).click();
  expect(saved).toEqual([`${editor.name}.hush.json`]);
});
