// Player: the audio host as reactive state. Plays the editor's scene, or in its place a preview, a variation or the saved scene (A/B).
import type { AudioHost, HostReport, HostState, SceneTransition } from '../../../audio/types.ts';
import { Signal } from '../../../lib/signal.ts';
import type { Layer, Scene } from '../../../synth/index.ts';
import type { Announcer } from '../../app/announcer.svelte.ts';
import { t } from '../../app/texts.ts';
import type { Toasts } from '../../app/toasts.svelte.ts';
import { layerLabel } from '../../describeScene.ts';
import { EMPTY_SET, toggled, within } from '../../kit/immutableSets.ts';
import type { SceneEditor } from '../editor/sceneEditor.svelte.ts';
import { applyListeningFilters, findLayer } from '../editor/sceneEdits.ts';
import type { Settings } from '../settings/settings.svelte.ts';
import { Compare } from './compare.svelte.ts';
import type { LoudnessMeter } from './loudnessCache.ts';

/** What the player needs. */
export interface PlayerOptions {
  readonly host: AudioHost;
  readonly renderer: LoudnessMeter;
  readonly settings: Settings;
  readonly editor: SceneEditor;
  readonly toasts: Pick<Toasts, 'show'>;
  readonly announcer: Pick<Announcer, 'announce'>;
}

const VOLUME_SETTLE_MS = 400;

/** Transport, volume, solo, preview and A/B comparison. */
export class Player {
  readonly compare: Compare;

  /** State of the audio host. */
  state: HostState = $state('idle');
  /** In words, while `state` is 'failed'. */
  problem: string = $state('');
  /** Ids of the layers heard alone; not part of the sound. */
  solo: ReadonlySet<string> = $state.raw(EMPTY_SET);
  /** The scene heard in place of the open one, which stays as it is; or null. */
  previewed: Scene | null = $state.raw(null);

  readonly #host: AudioHost;
  readonly #settings: Settings;
  readonly #editor: SceneEditor;
  readonly #toasts: PlayerOptions['toasts'];
  readonly #announcer: PlayerOptions['announcer'];
  readonly #sourceChanges = new Signal<void>();
  /** The open sound was playing when the preview began. */
  #playingBeforePreview = false;
  #volumeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor({ host, renderer, settings, editor, toasts, announcer }: PlayerOptions) {
    this.#host = host;
    this.#settings = settings;
    this.#editor = editor;
    this.#toasts = toasts;
    this.#announcer = announcer;
    this.compare = new Compare(renderer);
    host.onState((state) => {
      this.#onState(state);
    });
    settings.subscribe(() => {
      host.setVolume(settings.volume);
      this.send('edit');
    });
    editor.subscribe((change) => {
      if (change === 'select') return;
      this.compare.end();
      if (this.solo.size > 0) this.solo = change === 'open' ? EMPTY_SET : within(this.solo, layerIdsOf(editor.scene));
      this.send(change === 'open' ? 'blend' : 'edit');
    });
    host.setVolume(settings.volume);
    this.send('blend');
  }

  /** Calls the listener before a preview or a comparison begins or ends. Returns an unsubscribe function. */
  get subscribeSource(): Signal<void>['subscribe'] {
    return this.#sourceChanges.subscribe;
  }

  /** True while stop is the thing to offer. */
  get sounding(): boolean {
    return this.state === 'playing' || this.state === 'starting' || this.state === 'recovering';
  }

  /** Starts playing. Call inside a user gesture. To play without having answered what must never play is to answer "none". */
  async play(): Promise<void> {
    const started = this.#host.play();
    if (!this.#settings.onboardingDone) void this.#settings.change({ onboardingDone: true });
    await started;
  }

  stop(): void {
    this.#playingBeforePreview = false;
    this.#host.stop();
  }

  /** Plays or stops. Call inside a user gesture. */
  async toggle(): Promise<void> {
    if (this.sounding) this.stop();
    else await this.play();
  }

  /**
   * Plays another scene without opening it; from silence, or cross-faded. Call inside a user gesture.
   * @param scene - the scene
   */
  async preview(scene: Scene): Promise<void> {
    if (this.previewed === null) this.#playingBeforePreview = this.sounding;
    this.compare.end();
    this.#sourceChanges.emit();
    this.previewed = scene;
    this.send('blend');
    if (!this.sounding) await this.play();
  }

  /** Back to the open sound: playing on if it played before, else silent. */
  endPreview(): void {
    if (this.previewed === null) return;
    this.previewed = null;
    if (!this.#playingBeforePreview) this.stop();
    this.send('blend');
  }

  /**
   * Whether this scene is the one being previewed, audibly.
   * @param scene - the same object that was passed to `preview`
   * @returns true while it is heard
   */
  isPreviewing(scene: Scene): boolean {
    return this.previewed === scene && this.sounding;
  }

  /**
   * Plays one gesture of a layer alone. Call inside a user gesture.
   * @param layerId - id of the layer
   */
  async auditionLayer(layerId: string): Promise<void> {
    const { scene } = this.#editor;
    const layer = findLayer(scene, layerId);
    if (!layer) return;
    if (this.isBlocked(layer)) this.#announcer.announce(`${layerLabel(scene, layerId)}: ${t.layers.blocked}`);
    else await this.#host.auditionLayer(layerId);
  }

  toggleSolo(layerId: string): void {
    this.solo = toggled(this.solo, layerId);
    this.send('edit');
  }

  /** True for a layer of a blocked trigger: silent whatever the scene says. */
  isBlocked(layer: Layer): boolean {
    return this.#settings.isBlocked(layer.trigger);
  }

  isSilent(layer: Layer): boolean {
    return layer.muted || this.isBlocked(layer) || (this.solo.size > 0 && !this.solo.has(layer.id));
  }

  /**
   * Sets the volume at once; it is saved when it has settled.
   * @param volume - 0…1
   */
  setVolume(volume: number): void {
    this.#settings.volume = Math.min(1, Math.max(0, volume));
    this.#host.setVolume(this.#settings.volume);
    clearTimeout(this.#volumeTimer);
    this.#volumeTimer = setTimeout(
      () => void this.#settings.change({ volume: this.#settings.volume }),
      VOLUME_SETTLE_MS,
    );
  }

  /** A/B: plays the saved scene in place of the edited one, at equal loudness, or goes back. */
  async toggleCompare(): Promise<void> {
    const editor = this.#editor;
    editor.commitGesture();
    this.#sourceChanges.emit();
    if (this.compare.end()) {
      this.send('edit');
      this.#announcer.announce(t.compare.back);
      return;
    }
    const { savedScene } = editor;
    if (savedScene === null || !editor.dirty) {
      this.#toasts.show(savedScene === null ? t.compare.nothing : t.compare.same);
      return;
    }
    const other = await this.compare.start(this.audible(editor.scene), this.audible(savedScene));
    if (!other) return;
    this.#host.setScene(other.scene, 'edit');
    this.#announcer.announce(other.matched ? t.compare.saved : t.compare.unmatched);
  }

  /**
   * Onsets and positions of what is heard.
   * @param listener - called with every report of the engine
   * @returns an unsubscribe function
   */
  onReport(listener: (report: HostReport) => void): () => void {
    return this.#host.onReport(listener);
  }

  /**
   * Sends what should be heard now to the host.
   * @param change - 'edit': glides; 'blend': cross-fades
   * @param scene - other than the open or the previewed one: a variation being tried
   */
  send(change: SceneTransition, scene: Scene = this.previewed ?? this.#editor.scene): void {
    this.#host.setScene(this.audible(scene), change);
  }

  /**
   * The scene as it may be heard here: blocked triggers, solo and one-ear listening applied.
   * @param scene - any scene
   * @returns the scene to play
   */
  audible(scene: Scene): Scene {
    const solo = scene === this.previewed ? EMPTY_SET : within(this.solo, layerIdsOf(scene));
    const blocked = (triggerId: string): boolean => this.#settings.isBlocked(triggerId);
    return applyListeningFilters(scene, { solo, blocked, mono: this.#settings.oneEar });
  }

  #onState(state: HostState): void {
    this.state = state;
    const { failure } = this.#host;
    this.problem = failure === null ? '' : t.transport.failures[failure];
    if (state === 'failed') this.#toasts.show(this.problem);
    else if (state !== 'stopping' && state !== 'idle') this.#announcer.announce(t.transport.state[state]);
  }
}

function layerIdsOf(scene: Scene): readonly string[] {
  return scene.layers.map(({ id }) => id);
}
