// Sculpting as a person meets it: the real page, session, store and library; only sound and rendering are stood in for.
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { AudioHost, SceneTransition, HostReport, HostState, RenderClient } from '../../src/audio/types.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { openStorage } from '../../src/storage/openStorage.ts';
import type { AppStorage } from '../../src/storage/openStorage.ts';
import type { Scene } from '../../src/synth/index.ts';
import App from '../../src/ui/app/App.svelte';
import '../../src/ui/kit/controls.css';
import '../../src/ui/kit/range.css';
import { Library } from '../../src/ui/features/library/library.svelte.ts';
import { Settings } from '../../src/ui/features/settings/settings.svelte.ts';
import { Night } from '../../src/ui/features/night/night.svelte.ts';
import { Practice } from '../../src/ui/features/practice/practice.svelte.ts';
import { Session } from '../../src/ui/features/editor/session.svelte.ts';
import '../../src/ui/app/theme.css';

/** Remembers what it was asked; plays nothing. */
class QuietHost implements AudioHost {
  state: HostState = 'idle';
  failure = null;
  sampleRate = 48000;
  scene: Scene | undefined;
  change: SceneTransition | undefined;
  volume = 0;
  single: string[] = [];
  readonly #stateListeners = new Set<(state: HostState) => void>();
  readonly #reportListeners = new Set<(report: HostReport) => void>();

  play(): Promise<void> {
    this.enter('playing');
    return Promise.resolve();
  }
  stop(): void {
    this.enter('resting');
  }
  setScene(scene: Scene, change: SceneTransition): void {
    structuredClone(scene); // a proxy could not be posted: this throws as the real one would
    this.scene = scene;
    this.change = change;
  }
  setVolume(volume: number): void {
    this.volume = volume;
  }
  auditionLayer(layerId: string): Promise<void> {
    this.single.push(layerId);
    return Promise.resolve();
  }
  onState(listener: (state: HostState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }
  onReport(listener: (report: HostReport) => void): () => void {
    this.#reportListeners.add(listener);
    return () => this.#reportListeners.delete(listener);
  }
  readSpectrum(): boolean {
    return false;
  }
  readonly night = null;
  readonly setTitle = (): undefined => undefined;
  readonly setLowPower = (): undefined => undefined;
  readonly changeNight = (): undefined => undefined;
  playNight(): Promise<void> {
    return Promise.resolve();
  }
  resume(): Promise<void> {
    return Promise.resolve();
  }
  onNight(): () => void {
    return () => undefined;
  }
  onInterruption(): () => void {
    return () => undefined;
  }
  enter(state: HostState): void {
    this.state = state;
    for (const listener of this.#stateListeners) listener(state);
  }
  report(report: HostReport): void {
    for (const listener of this.#reportListeners) listener(report);
  }
}

let host: QuietHost;
let storage: AppStorage;
let session: Session;
let library: Library;
let clockMs = 0;
let measured: Scene[] = [];
let databaseName = '';

/** Louder by a decibel for each decibel of master gain, and softer sounds are quieter: enough to be matched. */
const renderer: RenderClient = {
  exportFile: () => Promise.reject(new Error('not here')),
  canEncode: () => Promise.resolve(true),
  freeBytes: () => Promise.resolve(null),
  removeOrphanedFiles: () => Promise.resolve(),
  renderThumbnail: (_scene, { columns, rows }) => Promise.resolve(new Uint8Array(columns * rows).fill(90)),
  measureLoudness: (scene) => {
    measured.push(scene);
    const softness = Number(scene.layers[0]?.params['softness']);
    return Promise.resolve(-30 + scene.master.gainDb - 4 * softness);
  },
  hashSamples: () => Promise.resolve(''),
};

const start = FACTORY.find(({ scene }) => scene.layers.length === 2)!;
const firstId = start.scene.layers[0]!.id;
const otherId = start.scene.layers[1]!.id;
const softnessNow = (): number => Number(session.scene.layers[0]?.params['softness']);
const slider = (name: string) => page.getByRole('slider', { name, exact: true });

async function open(): Promise<void> {
  host = new QuietHost();
  measured = [];
  storage = await openStorage({ databaseName });
  const settings = new Settings(storage.settings);
  await settings.load();
  session = new Session({
    host,
    drafts: storage.drafts,
    renderer,
    settings,
    first: start,
    draft: await storage.drafts.load(),
    now: () => clockMs,
  });
  library = new Library({ storage, session, renderer, settings });
  await library.load();
}

async function show(): Promise<void> {
  await page.viewport(1280, 800);
  const night = new Night(session, library);
  const practice = new Practice(session, library, night);
  await render(App, { session, library, night, practice });
  await expect.element(slider('Softness')).toBeVisible();
}

/** Each call lies far enough from the one before to be a step of its own. */
function later(): void {
  clockMs += 5000;
}

beforeEach(async () => {
  databaseName = `sculpt-${crypto.randomUUID()}`;
  await open();
});

afterEach(() => {
  indexedDB.deleteDatabase(databaseName);
});

test('two hundred gestures and more are undone one by one, then redone', () => {
  const values: number[] = [softnessNow()];
  for (let i = 0; i < 250; i++) {
    session.begin('Softness', `${firstId}/softness`);
    later();
    for (let move = 0; move < 5; move++) session.setParam(firstId, 'softness', ((i * 7 + move) % 100) / 100);
    session.commit();
    values.push(softnessNow());
  }
  for (const value of values.slice(0, -1).reverse()) {
    session.undo();
    expect(softnessNow()).toBe(value);
  }
  expect(session.history.canUndo).toBe(false);
  expect(session.dirty).toBe(false);
  for (const value of values.slice(1)) {
    session.redo();
    expect(softnessNow()).toBe(value);
  }
  expect(host.scene?.layers[0]?.params['softness']).toBe(values.at(-1));
});

test('arrow keys held down are one step; a pause begins another', () => {
  for (let i = 1; i <= 20; i++) {
    clockMs += 30;
    session.setParam(firstId, 'softness', i / 100);
  }
  later();
  session.setParam(firstId, 'softness', 0.9);
  session.undo();
  expect(softnessNow()).toBe(0.2);
  session.undo();
  expect(softnessNow()).toBe(start.scene.layers[0]?.params['softness']);
});

test('undo takes back everything, an opened sound too, and never a save', async () => {
  session.setParam(firstId, 'softness', 0.31);
  later();
  session.addLayer('rustling');
  session.removeLayer(otherId);
  session.toggleLock(firstId, 'pace');
  const other = FACTORY.find(({ id }) => id !== start.id)!;
  session.open(other);
  expect(session.name).toBe(other.name);
  expect(host.change).toBe('blend');
  session.undo();
  expect(session.presetId).toBe(start.id);
  expect(session.scene.layers).toHaveLength(2);
  expect(await library.saveAs('Mine')).toBe(true);
  const savedId = session.presetId;
  expect(session.dirty).toBe(false);
  session.undo();
  expect(session.isLocked(firstId, 'pace')).toBe(false);
  session.undo();
  session.undo();
  expect(session.presetId).toBe(savedId);
  expect(session.dirty).toBe(true);
});

test('an edit made while saving is not lost, and still counts as unsaved', async () => {
  session.setParam(firstId, 'softness', 0.4);
  const saving = library.saveAs('Mine');
  session.setParam(firstId, 'softness', 0.5);
  await saving;
  expect(softnessNow()).toBe(0.5);
  expect(session.dirty).toBe(true);
  later();
  session.setParam(firstId, 'softness', 0.4);
  expect(session.dirty).toBe(false);
});

test('the working sound is there again after a reload', async () => {
  session.setParam(firstId, 'softness', 0.123);
  await new Promise((done) => setTimeout(done, 300));
  await open();
  expect(softnessNow()).toBe(0.123);
  expect(session.presetId).toBe(start.id);
  expect(session.dirty).toBe(true);
});

test('A/B plays the saved sound at the loudness of the edited one, measures once, and any edit goes back', async () => {
  await session.toggleCompare();
  expect(measured).toHaveLength(0); // nothing changed yet: nothing to compare
  session.setParam(firstId, 'softness', 1);
  await session.toggleCompare();
  expect(session.compare.mode).toBe('saved');
  const before = Number(start.scene.layers[0]?.params['softness']);
  expect(host.scene?.layers[0]?.params['softness']).toBe(before);
  const [now, saved] = await Promise.all([
    renderer.measureLoudness(session.scene, 8),
    renderer.measureLoudness(host.scene!, 8),
  ]);
  expect(Math.abs(now - saved)).toBeLessThan(0.5);
  measured = [];
  await session.toggleCompare();
  expect(host.scene?.layers[0]?.params['softness']).toBe(1);
  await session.toggleCompare();
  expect(measured).toHaveLength(0);
  later();
  session.setParam(firstId, 'pace', 2);
  expect(session.compare.mode).toBe('now');
  expect(host.scene?.layers[0]?.params['softness']).toBe(1);
});

test('a comparison called off while the loudness is measured stays off', async () => {
  session.setParam(firstId, 'softness', 1);
  const comparing = session.toggleCompare();
  later();
  session.setParam(firstId, 'softness', 0.7);
  await comparing;
  expect(session.compare.mode).toBe('now');
  expect(host.scene?.layers[0]?.params['softness']).toBe(0.7);
});

test('what is on the never list stays silent: in the mix, alone, as one gesture, and through one ear', async () => {
  const trigger = start.scene.layers[0]!.trigger;
  await session.settings.change({ never: [trigger], oneEar: true });
  const muted = (): (boolean | undefined)[] => host.scene!.layers.map((layer) => layer.muted);
  expect(muted()).toEqual(start.scene.layers.map((layer) => layer.trigger === trigger));
  expect(host.scene?.master.mono).toBe(true);
  session.toggleSolo(firstId);
  expect(muted()).toEqual([true, true]);
  await session.hearOne(firstId);
  expect(host.single).toEqual([]);
  await session.settings.change({ never: [], oneEar: false });
  expect(muted()).toEqual([false, true]);
  await session.hearOne(firstId);
  expect(host.single).toEqual([firstId]);
  expect(session.scene.layers.some((layer) => layer.muted)).toBe(false);
});

test('a neighbour is tried without touching the sound, kept as one step, and leaves locked values alone', () => {
  session.toggleLock(firstId, 'softness');
  session.vary.offer();
  expect(session.vary.offers).toHaveLength(4);
  session.vary.try(1);
  expect(session.dirty).toBe(false);
  expect(host.scene?.layers[0]?.params).toEqual(session.vary.offers[1]?.params);
  session.vary.end();
  expect(host.scene?.layers[0]?.params).toEqual(start.scene.layers[0]?.params);
  session.vary.offer();
  session.vary.try(2);
  const { params } = session.vary.offers[2]!;
  session.vary.keep();
  expect(session.scene.layers[0]?.params).toEqual(params);
  expect(params['softness']).toBe(start.scene.layers[0]?.params['softness']);
  session.undo();
  expect(session.dirty).toBe(false);
});

test('sliders: keys, exact entry, reset by two presses and by Delete', async () => {
  await show();
  const softness = slider('Softness');
  (softness.element() as HTMLElement).focus();
  await userEvent.keyboard('{Home}');
  expect(softnessNow()).toBe(0);
  await userEvent.keyboard('{PageUp}{ArrowRight}{Shift>}{ArrowLeft}{/Shift}');
  expect(softnessNow()).toBeCloseTo(0.109, 6);
  await expect.element(softness).toHaveAttribute('aria-valuetext', expect.stringMatching(/\w+, 11 %/));
  await userEvent.keyboard('{Delete}');
  const usual = softnessNow();
  later();

  await page.getByRole('button', { name: /^Softness:/ }).click();
  await userEvent.keyboard('37,5{Enter}');
  expect(softnessNow()).toBeCloseTo(0.375, 6);
  await expect.element(page.getByRole('button', { name: /^Softness:/ })).toHaveFocus();
  await page.getByRole('button', { name: /^Softness:/ }).click();
  await userEvent.keyboard('80{Escape}');
  expect(softnessNow()).toBeCloseTo(0.375, 6);
  await page.getByRole('button', { name: /^Closeness:/ }).click();
  await userEvent.keyboard('50 cm{Enter}');
  await expect.element(slider('Closeness')).toHaveAttribute('aria-valuetext', '50 cm');

  later();
  await userEvent.dblClick(softness);
  expect(softnessNow()).toBe(usual);
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(softnessNow()).toBeCloseTo(0.375, 6);
});

test('a mark is dragged as one step, moved by keys, and reset by two presses', async () => {
  await show();
  const mark = document.querySelector<HTMLElement>(`[data-layer="${firstId}"]`)!;
  const before = session.scene.layers[0]!.place;
  const box = mark.getBoundingClientRect();
  const at = (dx: number, dy: number): PointerEventInit => ({
    pointerId: 1,
    button: 0,
    bubbles: true,
    clientX: box.x + box.width / 2 + dx,
    clientY: box.y + box.height / 2 + dy,
  });
  mark.setPointerCapture = () => undefined;
  mark.dispatchEvent(new PointerEvent('pointerdown', at(0, 0)));
  for (let i = 1; i <= 30; i++) mark.dispatchEvent(new PointerEvent('pointermove', at(2 * i, 4 * i)));
  mark.dispatchEvent(new PointerEvent('pointerup', at(60, 120)));
  const after = session.scene.layers[0]!.place;
  expect(after.azimuthDeg).not.toBeCloseTo(before.azimuthDeg, 0);
  await expect.poll(() => mark.getBoundingClientRect().y).toBeCloseTo(box.y + 120, 0);
  session.undo();
  expect(session.scene.layers[0]!.place).toEqual(before);
  expect(session.history.canUndo).toBe(false);

  const direction = page.getByRole('slider', { name: /, direction/ }).first();
  (direction.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowLeft}{ArrowUp}');
  expect(session.scene.layers[0]!.place.azimuthDeg).toBe(before.azimuthDeg + 5);
  expect(session.scene.layers[0]!.place.closeness).toBeCloseTo(Math.min(1, before.closeness + 0.05));
  for (let press = 0; press < 2; press++) {
    mark.dispatchEvent(new PointerEvent('pointerdown', at(0, 0)));
    mark.dispatchEvent(new PointerEvent('pointerup', at(0, 0)));
  }
  expect(session.scene.layers[0]!.place.azimuthDeg).toBe(30);
});

test('Space plays, Escape stops from anywhere, and both leave typing alone', async () => {
  await show();
  (document.activeElement as HTMLElement | null)?.blur();
  await userEvent.keyboard(' ');
  expect(host.state).toBe('playing');
  await page.getByRole('button', { name: /^Pace:/ }).click();
  await userEvent.keyboard('{Escape}');
  expect(host.state).toBe('resting');
  await page.getByRole('searchbox').click();
  await userEvent.keyboard('a b');
  expect(host.state).toBe('resting');
  await page.getByRole('button', { name: 'More', exact: true }).first().click();
  host.enter('playing');
  await userEvent.keyboard('{Escape}');
  expect(host.state).toBe('resting');
});

test('layers: add, solo, mute, change, remove from the page; the state is said', async () => {
  await show();
  await page.getByRole('button', { name: 'Add a layer' }).click();
  await page.getByRole('menuitem', { name: 'Rustling' }).click();
  await expect.element(page.getByRole('tab', { name: 'Rustling' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: /^More/ }).last().click();
  await page.getByRole('button', { name: 'Mute', exact: true }).click();
  await expect.element(page.getByRole('tab', { name: /Rustling ?, muted/ })).toBeVisible();
  await page.getByRole('button', { name: 'Solo', exact: true }).click();
  expect(host.scene?.layers.map(({ muted }) => muted)).toEqual([true, true, true]);
  await page.getByRole('button', { name: 'Remove' }).click();
  expect(session.scene.layers).toHaveLength(2);
  expect(session.solo.size).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(session.scene.layers).toHaveLength(3);
});

test('an onset ripples where it sounds; positions of moving layers are shown', async () => {
  await show();
  host.enter('playing');
  const onset = { layerId: firstId, delaySec: 0, strength: 0.8, azimuthDeg: 90, distanceM: 1 };
  host.report({ onsets: [onset], momentaryLufs: -30, truePeakDb: -20, positions: [] });
  const ripple = document.querySelector('.ripple[cx]')!;
  expect(Number(ripple.getAttribute('cx'))).toBeLessThan(0.1);
  expect(Number(ripple.getAttribute('cy'))).toBeCloseTo(0.5, 3);
  expect(ripple.getAnimations()).toHaveLength(1);
  session.setPlace(firstId, { path: 'orbit' });
  const positions = [{ layerId: firstId, azimuthDeg: 0, distanceM: 0.12 }];
  host.report({ onsets: [], momentaryLufs: -30, truePeakDb: -20, positions });
  await expect.poll(() => document.querySelectorAll('.now').length).toBe(1);
});

test.each(['dark', 'day'] as const)('no accessibility violation with everything open, %s', async (theme) => {
  await session.settings.change({ theme });
  await show();
  session.vary.offer();
  await page.getByRole('button', { name: /^More/ }).last().click();
  const { violations } = await axe.run(document.body, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  });
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => String(target)).join(' ')}`)).toEqual([]);
});
