// Sculpting as a person meets it: the real page, state and store; only sound and rendering are stood in for.
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
import type { AppContext } from '../../src/ui/app/context.ts';
import { createApp } from '../../src/ui/app/createApp.ts';
import type { SceneEditor } from '../../src/ui/features/editor/sceneEditor.svelte.ts';
import { Settings } from '../../src/ui/features/settings/settings.svelte.ts';
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
let app: AppContext;
let editor: SceneEditor;
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
const softnessNow = (): number => Number(editor.scene.layers[0]?.params['softness']);
const slider = (name: string) => page.getByRole('slider', { name, exact: true });

async function open(): Promise<void> {
  host = new QuietHost();
  measured = [];
  storage = await openStorage({ databaseName });
  const settings = new Settings(storage.settings);
  await settings.load();
  app = createApp({
    host,
    renderer,
    storage,
    settings,
    first: start,
    draft: await storage.drafts.load(),
    now: () => clockMs,
  });
  ({ editor } = app);
  await app.savedPresets.load();
}

async function show(): Promise<void> {
  await page.viewport(1280, 800);
  await render(App, { app });
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
    editor.beginGesture('Softness', `${firstId}/softness`);
    later();
    for (let move = 0; move < 5; move++) editor.setParam(firstId, 'softness', ((i * 7 + move) % 100) / 100);
    editor.commitGesture();
    values.push(softnessNow());
  }
  for (const value of values.slice(0, -1).reverse()) {
    editor.undo();
    expect(softnessNow()).toBe(value);
  }
  expect(editor.history.canUndo).toBe(false);
  expect(editor.dirty).toBe(false);
  for (const value of values.slice(1)) {
    editor.redo();
    expect(softnessNow()).toBe(value);
  }
  expect(host.scene?.layers[0]?.params['softness']).toBe(values.at(-1));
});

test('arrow keys held down are one step; a pause begins another', () => {
  for (let i = 1; i <= 20; i++) {
    clockMs += 30;
    editor.setParam(firstId, 'softness', i / 100);
  }
  later();
  editor.setParam(firstId, 'softness', 0.9);
  editor.undo();
  expect(softnessNow()).toBe(0.2);
  editor.undo();
  expect(softnessNow()).toBe(start.scene.layers[0]?.params['softness']);
});

test('undo takes back everything, an opened sound too, and never a save', async () => {
  editor.setParam(firstId, 'softness', 0.31);
  later();
  editor.addLayer('rustling');
  editor.removeLayer(otherId);
  editor.toggleLock(firstId, 'pace');
  const other = FACTORY.find(({ id }) => id !== start.id)!;
  editor.open(other);
  expect(editor.name).toBe(other.name);
  expect(host.change).toBe('blend');
  editor.undo();
  expect(editor.presetId).toBe(start.id);
  expect(editor.scene.layers).toHaveLength(2);
  expect(await app.currentPreset.saveAs('Mine')).toBe(true);
  const savedId = editor.presetId;
  expect(editor.dirty).toBe(false);
  editor.undo();
  expect(editor.isLocked(firstId, 'pace')).toBe(false);
  editor.undo();
  editor.undo();
  expect(editor.presetId).toBe(savedId);
  expect(editor.dirty).toBe(true);
});

test('an edit made while saving is not lost, and still counts as unsaved', async () => {
  editor.setParam(firstId, 'softness', 0.4);
  const saving = app.currentPreset.saveAs('Mine');
  editor.setParam(firstId, 'softness', 0.5);
  await saving;
  expect(softnessNow()).toBe(0.5);
  expect(editor.dirty).toBe(true);
  later();
  editor.setParam(firstId, 'softness', 0.4);
  expect(editor.dirty).toBe(false);
});

test('the working sound is there again after a reload', async () => {
  editor.setParam(firstId, 'softness', 0.123);
  await new Promise((done) => setTimeout(done, 300));
  await open();
  expect(softnessNow()).toBe(0.123);
  expect(editor.presetId).toBe(start.id);
  expect(editor.dirty).toBe(true);
});

test('A/B plays the saved sound at the loudness of the edited one, measures once, and any edit goes back', async () => {
  await app.player.toggleCompare();
  expect(measured).toHaveLength(0); // nothing changed yet: nothing to compare
  editor.setParam(firstId, 'softness', 1);
  await app.player.toggleCompare();
  expect(app.player.compare.mode).toBe('saved');
  const before = Number(start.scene.layers[0]?.params['softness']);
  expect(host.scene?.layers[0]?.params['softness']).toBe(before);
  const [now, saved] = await Promise.all([
    renderer.measureLoudness(editor.scene, 8),
    renderer.measureLoudness(host.scene!, 8),
  ]);
  expect(Math.abs(now - saved)).toBeLessThan(0.5);
  measured = [];
  await app.player.toggleCompare();
  expect(host.scene?.layers[0]?.params['softness']).toBe(1);
  await app.player.toggleCompare();
  expect(measured).toHaveLength(0);
  later();
  editor.setParam(firstId, 'pace', 2);
  expect(app.player.compare.mode).toBe('now');
  expect(host.scene?.layers[0]?.params['softness']).toBe(1);
});

test('a comparison called off while the loudness is measured stays off', async () => {
  editor.setParam(firstId, 'softness', 1);
  const comparing = app.player.toggleCompare();
  later();
  editor.setParam(firstId, 'softness', 0.7);
  await comparing;
  expect(app.player.compare.mode).toBe('now');
  expect(host.scene?.layers[0]?.params['softness']).toBe(0.7);
});

test('what is on the never list stays silent: in the mix, alone, as one gesture, and through one ear', async () => {
  const trigger = start.scene.layers[0]!.trigger;
  await app.settings.change({ blockedTriggers: [trigger], oneEar: true });
  const muted = (): (boolean | undefined)[] => host.scene!.layers.map((layer) => layer.muted);
  expect(muted()).toEqual(start.scene.layers.map((layer) => layer.trigger === trigger));
  expect(host.scene?.master.mono).toBe(true);
  app.player.toggleSolo(firstId);
  expect(muted()).toEqual([true, true]);
  await app.player.auditionLayer(firstId);
  expect(host.single).toEqual([]);
  await app.settings.change({ blockedTriggers: [], oneEar: false });
  expect(muted()).toEqual([false, true]);
  await app.player.auditionLayer(firstId);
  expect(host.single).toEqual([firstId]);
  expect(editor.scene.layers.some((layer) => layer.muted)).toBe(false);
});

test('a neighbour is tried without touching the sound, kept as one step, and leaves locked values alone', () => {
  editor.toggleLock(firstId, 'softness');
  app.variations.offer();
  expect(app.variations.offers).toHaveLength(4);
  app.variations.try(1);
  expect(editor.dirty).toBe(false);
  expect(host.scene?.layers[0]?.params).toEqual(app.variations.offers[1]?.params);
  app.variations.end();
  expect(host.scene?.layers[0]?.params).toEqual(start.scene.layers[0]?.params);
  app.variations.offer();
  app.variations.try(2);
  const { params } = app.variations.offers[2]!;
  app.variations.apply();
  expect(editor.scene.layers[0]?.params).toEqual(params);
  expect(params['softness']).toBe(start.scene.layers[0]?.params['softness']);
  editor.undo();
  expect(editor.dirty).toBe(false);
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
  const before = editor.scene.layers[0]!.place;
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
  const after = editor.scene.layers[0]!.place;
  expect(after.azimuthDeg).not.toBeCloseTo(before.azimuthDeg, 0);
  await expect.poll(() => mark.getBoundingClientRect().y).toBeCloseTo(box.y + 120, 0);
  editor.undo();
  expect(editor.scene.layers[0]!.place).toEqual(before);
  expect(editor.history.canUndo).toBe(false);

  const direction = page.getByRole('slider', { name: /, direction/ }).first();
  (direction.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowLeft}{ArrowUp}');
  expect(editor.scene.layers[0]!.place.azimuthDeg).toBe(before.azimuthDeg + 5);
  expect(editor.scene.layers[0]!.place.closeness).toBeCloseTo(Math.min(1, before.closeness + 0.05));
  for (let press = 0; press < 2; press++) {
    mark.dispatchEvent(new PointerEvent('pointerdown', at(0, 0)));
    mark.dispatchEvent(new PointerEvent('pointerup', at(0, 0)));
  }
  expect(editor.scene.layers[0]!.place.azimuthDeg).toBe(30);
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
  expect(editor.scene.layers).toHaveLength(2);
  expect(app.player.solo.size).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(editor.scene.layers).toHaveLength(3);
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
  editor.setPlace(firstId, { path: 'orbit' });
  const positions = [{ layerId: firstId, azimuthDeg: 0, distanceM: 0.12 }];
  host.report({ onsets: [], momentaryLufs: -30, truePeakDb: -20, positions });
  await expect.poll(() => document.querySelectorAll('.now').length).toBe(1);
});

test.each(['dark', 'day'] as const)('no accessibility violation with everything open, %s', async (theme) => {
  await app.settings.change({ theme });
  await show();
  app.variations.offer();
  await page.getByRole('button', { name: /^More/ }).last().click();
  const { violations } = await axe.run(document.body, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  });
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => String(target)).join(' ')}`)).toEqual([]);
});
