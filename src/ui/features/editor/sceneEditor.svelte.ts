// Scene editor: the open scene with its name and origin, undo history, locks and draft. Every screen reads and edits this one.
import type { Preset } from '../../../formats/preset.ts';
import type { ParamLimit } from '../../../formats/sharedPreset.ts';
import { Signal } from '../../../lib/signal.ts';
import { clampToLimits } from '../../../presets/limits.ts';
import type { DraftStore } from '../../../storage/draftStore.ts';
import type { Draft, ReceivedEdit, StoredPreset } from '../../../storage/types.ts';
import type { Arc, Layer, Master, ParamValue, Place, Room, Scene } from '../../../synth/index.ts';
import type { Announcer } from '../../app/announcer.svelte.ts';
import { t } from '../../app/texts.ts';
import { layerLabel } from '../../describeScene.ts';
import { toggled } from '../../kit/immutableSets.ts';
import { soundMessages } from '../../messages/sound.ts';
import { paramMessages } from '../../triggerMessages.ts';
import { History } from './history.svelte.ts';
import * as edits from './sceneEdits.ts';
import { emptySnapshot, snapshotOfDraft, snapshotOfPreset } from './snapshot.svelte.ts';
import type { Snapshot } from './snapshot.svelte.ts';

/** What the editor needs and what it opens first. */
export interface SceneEditorOptions {
  readonly drafts: Pick<DraftStore, 'save'>;
  readonly announcer: Pick<Announcer, 'announce'>;
  /** Open at first: a preset, or the draft that was open when the page was left. */
  readonly first: Preset;
  readonly draft?: Draft | null;
  /** Clock in milliseconds, for merging key repeats into one undo step. */
  readonly now?: () => number;
}

/** edit: the same sound, changed · open: another sound, also by undo · select: only another layer is selected. */
export type EditorChange = 'edit' | 'open' | 'select';

interface Gesture {
  readonly before: Snapshot;
  readonly label: string;
  readonly key: string;
}

/** The open sound and all edits of it. Emits a change after each; knows nothing of playing. */
export class SceneEditor {
  readonly history = new History<Snapshot>();

  readonly #drafts: SceneEditorOptions['drafts'];
  readonly #announcer: SceneEditorOptions['announcer'];
  readonly #now: () => number;
  readonly #changes = new Signal<EditorChange>();
  #state: Snapshot = $state.raw(emptySnapshot());
  #gesture: Gesture | null = null;

  /** There are edits that no saved preset holds. */
  readonly dirty = $derived.by(() => {
    const { origin, scene, name } = this.#state;
    return origin.saved?.name !== name || !edits.sameScene(origin.saved.scene, scene);
  });
  /** The layer being shaped. */
  readonly selected: Layer | undefined = $derived(
    edits.findLayer(this.#state.scene, this.#state.selectedId) ?? this.#state.scene.layers[0],
  );

  constructor({ drafts, announcer, first, draft, now = () => performance.now() }: SceneEditorOptions) {
    this.#drafts = drafts;
    this.#announcer = announcer;
    this.#now = now;
    this.#state = draft ? snapshotOfDraft(draft, draft.presetId === first.id ? first : null) : snapshotOfPreset(first);
  }

  /** Calls the listener after every change. Returns an unsubscribe function. */
  get subscribe(): Signal<EditorChange>['subscribe'] {
    return this.#changes.subscribe;
  }

  get scene(): Scene {
    return this.#state.scene;
  }

  get name(): string {
    return this.#state.name;
  }

  /** Id of the preset it came from (saved or factory), or null for a new sound. */
  get presetId(): string | null {
    return this.#state.origin.presetId;
  }

  /** Revision of that saved preset it departed from; null when it is none of the saved ones. */
  get revision(): number | null {
    return this.#state.origin.revision;
  }

  get selectedId(): string {
    return this.selected?.id ?? '';
  }

  /** The scene as it was last saved or opened; null for a new one. */
  get savedScene(): Scene | null {
    return this.#state.origin.saved?.scene ?? null;
  }

  /** Set while the open sound is someone's, being adjusted for them. */
  get receivedEdit(): ReceivedEdit | null {
    return this.#state.origin.receivedEdit;
  }

  // Opening and saving

  /**
   * Opens a preset in place of the open sound: one undo step.
   * @param preset - the preset
   * @param revision - its revision where it is a saved one
   */
  open(preset: Preset, revision: number | null = null): void {
    this.#replace(snapshotOfPreset(preset, { revision }));
  }

  /**
   * Opens a sound that someone sent, to be adjusted within their limits.
   * @param receivedEdit - the preset, its sender and the limits
   */
  openReceived(receivedEdit: ReceivedEdit): void {
    this.#replace(snapshotOfPreset(receivedEdit.preset, { receivedEdit }));
  }

  /**
   * Opens unsaved work, still unsaved.
   * @param draft - the work
   * @param saved - the preset it departed from, if that is still there
   */
  openDraft(draft: Draft, saved: Preset | null): void {
    this.#replace(snapshotOfDraft(draft, saved));
  }

  /**
   * The open sound is now this saved preset.
   * @param stored - the preset as stored
   * @param revision - an older one where the open scene departed from that
   */
  markSaved(stored: StoredPreset, revision: number | null = stored.revision): void {
    this.commitGesture();
    const { preset } = stored;
    const { origin } = this.#state;
    origin.presetId = preset.id;
    origin.revision = revision;
    origin.saved = { scene: preset.scene, name: preset.name };
    this.#state = { ...this.#state, name: preset.name };
    this.#saveDraft();
  }

  /**
   * The limit that was set for a value of the open sound.
   * @param path - which value, as in the shared preset
   * @returns the limit, or null where there is none
   */
  limitOf(path: string): ParamLimit | null {
    return this.receivedEdit?.bounds.find((bound) => bound.what === path) ?? null;
  }

  // Undo

  /**
   * Begins a gesture: all edits until `commitGesture` are one undo step.
   * @param label - what it does, in words
   * @param key - steps of the same key that follow quickly become one; '' never
   */
  beginGesture(label: string, key = ''): void {
    this.commitGesture();
    this.#gesture = { before: this.#state, label, key };
  }

  /** Ends the gesture; if it changed anything, that is one undo step. */
  commitGesture(): void {
    const gesture = this.#gesture;
    this.#gesture = null;
    if (gesture && gesture.before !== this.#state)
      this.history.push(gesture.before, gesture.label, gesture.key, this.#now());
  }

  undo(): void {
    this.commitGesture();
    const step = this.history.undo(this.#state);
    if (!step) return;
    this.#set(step.state);
    this.#announcer.announce(t.history.undone(step.label));
  }

  redo(): void {
    this.commitGesture();
    const step = this.history.redo(this.#state);
    if (!step) return;
    this.#set(step.state);
    this.#announcer.announce(t.history.redone(step.label));
  }

  // Edits. Each is clamped, written to the draft and emitted at once.

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
    this.commitGesture();
    this.history.push(this.#state, t.sculpt.locked, '', this.#now());
    this.#state = { ...this.#state, locks };
  }

  isLocked(layerId: string, paramId: string): boolean {
    return this.#state.locks.has(`${layerId}/${paramId}`);
  }

  /**
   * Replaces the scene: one undo step, or part of the gesture under way.
   * @param label - what the step does, in words
   * @param key - steps of the same key that follow quickly become one; '' never
   * @param scene - the new scene; values beyond a sender's limits are clamped
   * @param selectedId - the layer selected afterwards
   */
  edit(label: string, key: string, scene: Scene, selectedId: string = this.selectedId): void {
    if (scene === this.scene) return;
    const clamped = clampToLimits(scene, this.receivedEdit?.bounds ?? []);
    if (clamped !== scene) {
      this.#announcer.announce(t.sculpt.held);
      if (edits.sameScene(clamped, this.scene)) return;
      scene = clamped;
    }
    if (!this.#gesture) this.history.push(this.#state, label, key, this.#now());
    this.#set({ ...this.#state, scene, selectedId });
  }

  select(layerId: string): void {
    this.commitGesture();
    this.#state = { ...this.#state, selectedId: layerId };
    this.#changes.emit('select');
  }

  #replace(next: Snapshot): void {
    this.commitGesture();
    this.history.push(this.#state, t.history.opened(next.name), '', this.#now());
    this.#set(next);
    this.#announcer.announce(t.history.opened(next.name));
  }

  #set(next: Snapshot): void {
    const change = next.origin === this.#state.origin ? 'edit' : 'open';
    this.#state = next;
    this.#changes.emit(change);
    this.#saveDraft();
  }

  #saveDraft(): void {
    const { scene, presetId, revision, name, receivedEdit } = this;
    this.#drafts.save({ scene, presetId, revision, name, handover: receivedEdit });
  }
}
