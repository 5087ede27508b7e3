// The open sound and everything one can do to it: the single source of truth that every screen reads and changes.
import type { AudioHost, SceneTransition, HostReport, HostState, RenderClient } from '../../../audio/types.ts';
import { clampToLimits } from '../../../presets/limits.ts';
import type { ParamLimit } from '../../../formats/sharedPreset.ts';
import type { Preset } from '../../../formats/preset.ts';
import type { DraftStore } from '../../../storage/draftStore.ts';
import type { Draft, ReceivedEdit, StoredPreset } from '../../../storage/types.ts';
import type { Arc, Layer, Master, ParamValue, Place, Room, Scene } from '../../../synth/index.ts';
import type { DialogName, OpenSound } from '../library/editorPort.ts';
import type { Settings } from '../settings/settings.svelte.ts';
import { Announcer } from '../../app/announcer.svelte.ts';
import { Compare } from '../player/compare.svelte.ts';
import { History } from './history.svelte.ts';
import * as edits from './sceneEdits.ts';
import { NONE, toggled, within, without } from '../../kit/immutableSets.ts';
import { emptySnapshot, resumedFrom, snapshotOf } from './snapshot.svelte.ts';
import type { Snapshot } from './snapshot.svelte.ts';
import { Vary } from './variationOffers.svelte.ts';
import { t } from '../../app/texts.ts';
import { layerLabel } from '../../describeScene.ts';
import { soundMessages } from '../../messages/sound.ts';
import { paramMessages } from '../../triggerMessages.ts';

export interface SessionOptions {
  readonly host: AudioHost;
  readonly drafts: DraftStore;
  readonly renderer: RenderClient;
  readonly settings: Settings;
  /** What is open at first: a preset, or the work that was open when the page was left. */
  readonly first: Preset;
  readonly draft?: Draft | null;
  /** Milliseconds; for merging key repeats into one step. */
  readonly now?: () => number;
}

const VOLUME_SETTLES_MS = 400;

interface Gesture {
  readonly before: Snapshot;
  readonly label: string;
  readonly key: string;
}

export class Session implements OpenSound {
  readonly host: AudioHost;
  readonly renderer: RenderClient;
  readonly settings: Settings;
  readonly history = new History<Snapshot>();
  readonly announcer = new Announcer();
  readonly compare: Compare;
  readonly vary: Vary;

  dialog: DialogName | null = $state(null);
  /** The library as a sheet, on small screens. */
  libraryOpen = $state(false);
  /** Shows a passing message. Set by whoever has a place for it. */
  onNotice: (text: string) => void = () => undefined;
  /** Ids of the layers heard alone; not part of the sound. */
  solo: ReadonlySet<string> = $state.raw(NONE);
  hostState: HostState = $state('idle');
  /** In plain words, when `hostState` is failed. */
  problem = $state('');

  /** Another sound is being heard in place of the open one, which stays as it is. */
  audition: Scene | null = $state.raw(null);

  readonly #drafts: DraftStore;
  readonly #now: () => number;
  /** The open sound was playing when the audition began. */
  #wasSounding = false;
  #state: Snapshot = $state.raw(emptySnapshot());
  #gesture: Gesture | null = null;
  #volumeTimer: ReturnType<typeof setTimeout> | undefined;

  readonly dirty = $derived.by(() => {
    const { origin, scene, name } = this.#state;
    return origin.saved?.name !== name || !edits.sameScene(origin.saved.scene, scene);
  });
  /** The layer being shaped. */
  readonly selected: Layer | undefined = $derived(
    edits.findLayer(this.#state.scene, this.#state.selectedId) ?? this.#state.scene.layers[0],
  );

  constructor({ host, drafts, renderer, settings, first, draft, now = () => performance.now() }: SessionOptions) {
    this.host = host;
    this.renderer = renderer;
    this.settings = settings;
    this.#drafts = drafts;
    this.#now = now;
    this.compare = new Compare(renderer);
    this.vary = new Vary(this);
    this.#state = draft ? resumedFrom(draft, draft.presetId === first.id ? first : null) : snapshotOf(first);
    host.onState((state) => {
      this.#hearState(state);
    });
    settings.onChange = () => {
      host.setVolume(settings.volume);
      this.send('edit');
    };
    host.setVolume(settings.volume);
    this.send('blend');
  }

  get scene(): Scene {
    return this.#state.scene;
  }

  get name(): string {
    return this.#state.name;
  }

  get presetId(): string | null {
    return this.#state.origin.presetId;
  }

  get revision(): number | null {
    return this.#state.origin.revision;
  }

  get selectedId(): string {
    return this.selected?.id ?? '';
  }

  /** The sound as it was last saved or opened; null for a new one. */
  get saved(): Scene | null {
    return this.#state.origin.saved?.scene ?? null;
  }

  // Opening and keeping

  open(preset: Preset, revision: number | null = null): void {
    this.#replace(snapshotOf(preset, { revision }));
  }

  /** Opens a sound that someone sent, to be adjusted within their limits. */
  openReceived(handover: ReceivedEdit): void {
    this.#replace(snapshotOf(handover.preset, { handover }));
  }

  /** Set while the open sound is someone's, being adjusted for them. */
  get handover(): ReceivedEdit | null {
    return this.#state.origin.handover;
  }

  /** How far a value of the open sound may be moved, where someone set a limit. */
  boundOf(what: string): ParamLimit | null {
    return this.handover?.bounds.find((bound) => bound.what === what) ?? null;
  }

  /** Takes up unsaved work; `saved` is the preset it departed from, if that is still there. */
  resume(draft: Draft, saved: Preset | null): void {
    this.#replace(resumedFrom(draft, saved));
  }

  markSaved(stored: StoredPreset, revision: number | null = stored.revision): void {
    this.commit();
    const { preset } = stored;
    const { origin } = this.#state;
    origin.presetId = preset.id;
    origin.revision = revision;
    origin.saved = { scene: preset.scene, name: preset.name };
    this.#state = { ...this.#state, name: preset.name };
    this.#keepDraft();
  }

  rename(name: string): void {
    this.commit();
    if (name === this.name) return;
    this.history.push(this.#state, t.history.renamed, '', this.#now());
    this.#state = { ...this.#state, name };
    this.#keepDraft();
  }

  // Undo

  /** A gesture begins: all edits until `commit` are one step. */
  begin(label: string, key = ''): void {
    this.commit();
    this.#gesture = { before: this.#state, label, key };
  }

  commit(): void {
    const gesture = this.#gesture;
    this.#gesture = null;
    if (gesture && gesture.before !== this.#state)
      this.history.push(gesture.before, gesture.label, gesture.key, this.#now());
  }

  undo(): void {
    this.commit();
    const step = this.history.undo(this.#state);
    if (!step) return;
    this.#take(step.state, step.state.origin === this.#state.origin ? 'edit' : 'blend');
    this.announcer.say(t.history.undone(step.label));
  }

  redo(): void {
    this.commit();
    const step = this.history.redo(this.#state);
    if (!step) return;
    this.#take(step.state, step.state.origin === this.#state.origin ? 'edit' : 'blend');
    this.announcer.say(t.history.redone(step.label));
  }

  // Edits. Each is clamped, kept as a draft and sent to the sound at once.

  setParam(layerId: string, paramId: string, value: ParamValue): void {
    const label = paramMessages(edits.findLayer(this.scene, layerId)?.trigger ?? '', paramId).label();
    this.edit(label, `${layerId}/${paramId}`, edits.setParam(this.scene, layerId, paramId, value));
  }

  setPlace(layerId: string, change: Partial<Place>, label: string = t.stage.moved): void {
    this.edit(label, `${layerId}/place/${Object.keys(change).join()}`, edits.setPlace(this.scene, layerId, change));
  }

  setGain(layerId: string, gainDb: number): void {
    this.edit(t.layers.level, `${layerId}/gain`, edits.setGain(this.scene, layerId, gainDb));
  }

  setMuted(layerId: string, muted: boolean): void {
    this.edit(muted ? t.layers.mute : t.layers.unmute, '', edits.setMuted(this.scene, layerId, muted));
  }

  setRoom(change: Partial<Room>): void {
    this.edit(t.sculpt.room, `room/${Object.keys(change).join()}`, edits.setRoom(this.scene, change));
  }

  setMaster(change: Partial<Master>): void {
    this.edit(t.sculpt.master, `master/${Object.keys(change).join()}`, edits.setMaster(this.scene, change));
  }

  setArc(change: Partial<Arc>): void {
    const [key = 'slower'] = Object.keys(change) as (keyof Arc)[];
    this.edit(soundMessages.arc[key].label(), `arc/${key}`, edits.setArc(this.scene, change));
  }

  addLayer(triggerId: string): void {
    const added = edits.addLayer(this.scene, triggerId);
    if (added) this.edit(t.layers.added(layerLabel(added.scene, added.id)), '', added.scene, added.id);
  }

  duplicateLayer(layerId: string): void {
    const added = edits.duplicateLayer(this.scene, layerId);
    if (added) this.edit(t.layers.duplicated, '', added.scene, added.id);
  }

  removeLayer(layerId: string): void {
    const index = this.scene.layers.findIndex(({ id }) => id === layerId);
    const next = this.scene.layers[index + 1] ?? this.scene.layers[index - 1];
    const label = t.layers.removed(layerLabel(this.scene, layerId));
    this.solo = without(this.solo, layerId);
    this.edit(label, '', edits.removeLayer(this.scene, layerId), layerId === this.selectedId ? next?.id : undefined);
  }

  moveLayer(layerId: string, steps: number): void {
    this.edit(t.layers.reordered, '', edits.moveLayer(this.scene, layerId, steps));
  }

  changeTrigger(layerId: string, triggerId: string): void {
    const scene = edits.changeTrigger(this.scene, layerId, triggerId);
    this.edit(t.layers.changed(layerLabel(scene, layerId)), '', scene);
  }

  toggleLock(layerId: string, paramId: string): void {
    const locks = toggled(this.#state.locks, `${layerId}/${paramId}`);
    this.commit();
    this.history.push(this.#state, t.sculpt.locked, '', this.#now());
    this.#state = { ...this.#state, locks };
  }

  isLocked(layerId: string, paramId: string): boolean {
    return this.#state.locks.has(`${layerId}/${paramId}`);
  }

  /** Changes the scene: one undo step, or part of the gesture under way. */
  edit(label: string, key: string, scene: Scene, selectedId: string = this.selectedId): void {
    if (scene === this.scene) return;
    const held = clampToLimits(scene, this.handover?.bounds ?? []);
    if (held !== scene) {
      this.announcer.say(t.sculpt.held);
      if (edits.sameScene(held, this.scene)) return;
      scene = held;
    }
    if (!this.#gesture) this.history.push(this.#state, label, key, this.#now());
    this.#take({ ...this.#state, scene, selectedId }, 'edit');
  }

  select(layerId: string): void {
    this.commit();
    this.vary.end();
    this.#state = { ...this.#state, selectedId: layerId };
  }

  // Listening

  /** Call inside the press. To play without having answered what must never play is to answer "none". */
  async play(): Promise<void> {
    const started = this.host.play();
    if (!this.settings.welcomed) void this.settings.change({ welcomed: true });
    await started;
  }

  stop(): void {
    this.#wasSounding = false;
    this.host.stop();
  }

  /** Hears another sound without opening it; from silence, or cross-faded. Call inside the press. */
  async listenTo(scene: Scene): Promise<void> {
    if (this.audition === null) this.#wasSounding = this.sounding;
    this.compare.end();
    this.vary.end();
    this.audition = scene;
    this.send('blend');
    if (!this.sounding) await this.play();
  }

  /** Back to the open sound: playing on if it played before, else silent. */
  endListening(): void {
    if (this.audition === null) return;
    this.audition = null;
    if (!this.#wasSounding) this.stop();
    this.send('blend');
  }

  async toggle(): Promise<void> {
    if (this.sounding) this.stop();
    else await this.play();
  }

  /** True while stop is the thing to offer. */
  get sounding(): boolean {
    return this.hostState === 'playing' || this.hostState === 'starting' || this.hostState === 'recovering';
  }

  async hearOne(layerId: string): Promise<void> {
    const layer = edits.findLayer(this.scene, layerId);
    if (!layer) return;
    if (this.isBlocked(layer)) this.announcer.say(`${layerLabel(this.scene, layerId)}: ${t.layers.blocked}`);
    else await this.host.auditionLayer(layerId);
  }

  toggleSolo(layerId: string): void {
    this.solo = toggled(this.solo, layerId);
    this.send('edit');
  }

  /** On the never list: silent whatever the scene says. */
  isBlocked(layer: Layer): boolean {
    return this.settings.isNever(layer.trigger);
  }

  isSilent(layer: Layer): boolean {
    return layer.muted || this.isBlocked(layer) || (this.solo.size > 0 && !this.solo.has(layer.id));
  }

  /** Heard at once, written down when it rests. */
  setVolume(volume: number): void {
    this.settings.volume = Math.min(1, Math.max(0, volume));
    this.host.setVolume(this.settings.volume);
    clearTimeout(this.#volumeTimer);
    this.#volumeTimer = setTimeout(
      () => void this.settings.change({ volume: this.settings.volume }),
      VOLUME_SETTLES_MS,
    );
  }

  async toggleCompare(): Promise<void> {
    this.commit();
    this.vary.end();
    if (this.compare.end()) {
      this.send('edit');
      this.announcer.say(t.compare.back);
      return;
    }
    const { saved } = this;
    if (saved === null || !this.dirty) {
      this.onNotice(saved === null ? t.compare.nothing : t.compare.same);
      return;
    }
    const other = await this.compare.start(this.audible(this.scene), this.audible(saved));
    if (!other) return;
    this.host.setScene(other.scene, 'edit');
    this.announcer.say(other.matched ? t.compare.saved : t.compare.unmatched);
  }

  onReport(listener: (report: HostReport) => void): () => void {
    return this.host.onReport(listener);
  }

  /** Sends what should be heard now. `scene` other than the working copy: a neighbour being tried. */
  send(change: SceneTransition, scene: Scene = this.audition ?? this.scene): void {
    this.host.setScene(this.audible(scene), change);
  }

  #replace(next: Snapshot): void {
    this.commit();
    this.history.push(this.#state, t.history.opened(next.name), '', this.#now());
    this.solo = NONE;
    this.libraryOpen = false;
    this.#take(next, 'blend');
    this.announcer.say(t.history.opened(next.name));
  }

  #take(next: Snapshot, change: SceneTransition): void {
    this.compare.end();
    this.vary.end();
    this.#state = next;
    this.send(change);
    this.#keepDraft();
  }

  #keepDraft(): void {
    const { scene, presetId, revision, name, handover } = this;
    this.#drafts.save({ scene, presetId, revision, name, handover });
  }

  /** The scene as it may be heard here: never list, solo and one ear applied. */
  audible(scene: Scene): Scene {
    const blocked = (triggerId: string): boolean => this.settings.isNever(triggerId);
    const solo =
      scene === this.audition
        ? NONE
        : within(
            this.solo,
            scene.layers.map(({ id }) => id),
          );
    return edits.audible(scene, { solo, blocked, mono: this.settings.oneEar });
  }

  #hearState(state: HostState): void {
    this.hostState = state;
    this.problem = this.host.failure === null ? '' : t.transport.failures[this.host.failure];
    if (state === 'failed') this.onNotice(this.problem);
    else if (state !== 'stopping' && state !== 'idle') this.announcer.say(t.transport.state[state]);
  }
}
