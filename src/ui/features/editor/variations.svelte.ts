// Variations: a few neighbours of the selected layer are offered; one can be tried, and applied as one undo step, or none.
import { formatList } from '../../../lib/i18n/format.ts';
import { findTrigger } from '../../../synth/index.ts';
import type { ParamValues, Scene } from '../../../synth/index.ts';
import type { Announcer } from '../../app/announcer.svelte.ts';
import { t } from '../../app/texts.ts';
import type { Toasts } from '../../app/toasts.svelte.ts';
import { comparative, paramMessages } from '../../triggerMessages.ts';
import type { SceneEditor } from './sceneEditor.svelte.ts';
import { updateLayer } from './sceneEdits.ts';
import { biggestChanges, neighbours } from './variation.ts';

/** Plays a scene in place of the open one. */
export interface VariationOutput {
  send(change: 'edit', scene?: Scene): void;
  subscribeSource(listener: () => void): () => void;
}

/** What the variations need. */
export interface VariationsOptions {
  readonly editor: SceneEditor;
  readonly player: VariationOutput;
  readonly toasts: Pick<Toasts, 'show'>;
  readonly announcer: Pick<Announcer, 'announce'>;
}

/** One neighbour. */
export interface Offer {
  readonly params: ParamValues;
  /** How it differs: "softer, slower". */
  readonly words: string;
}

const OFFER_COUNT = 4;
/** Smaller shares of a slider are not worth a word. */
const MIN_WORDED_TRAVEL = 0.08;

/** The neighbours on offer. They go when anything else is edited, selected, previewed or compared. */
export class Variations {
  offers: readonly Offer[] = $state.raw([]);
  /** Index of the offer being heard; null for the open sound. */
  tried: number | null = $state(null);

  readonly #options: VariationsOptions;
  readonly #rounds: Record<string, number> = {};

  constructor(options: VariationsOptions) {
    this.#options = options;
    options.editor.subscribe((change) => {
      // The player sends the edited scene by itself.
      if (change === 'select') this.end();
      else this.#clear();
    });
    options.player.subscribeSource(() => {
      this.end();
    });
  }

  /** Offers neighbours of the selected layer; again: others. */
  offer(): void {
    const { editor, toasts, announcer } = this.#options;
    const layer = editor.selected;
    const trigger = findTrigger(layer?.trigger ?? '');
    if (!layer || !trigger) return;
    this.end();
    const round = (this.#rounds[layer.id] ?? 0) + 1;
    this.#rounds[layer.id] = round;
    const locked = (paramId: string): boolean => editor.isLocked(layer.id, paramId);
    const found = neighbours(layer, trigger.params, { seed: editor.scene.seed, round, locked, count: OFFER_COUNT });
    this.offers = found.map((params) => ({ params, words: describeChange(layer.params, params, trigger.id) }));
    if (found.length === 0) toasts.show(t.sculpt.allLocked);
    else announcer.announce(t.sculpt.varyIntro);
  }

  /**
   * Plays an offer in place of the open sound.
   * @param index - of the offer; null goes back
   */
  try(index: number | null): void {
    this.tried = index;
    this.#options.player.send('edit', this.#sceneWith(index));
  }

  /** The offer being tried becomes the sound: one undo step. */
  apply(): void {
    const scene = this.#sceneWith(this.tried);
    this.#clear();
    this.#options.editor.edit(t.sculpt.varied, '', scene);
  }

  /** Removes the offers and goes back to the open sound. */
  end(): void {
    const wasTrying = this.tried !== null;
    this.#clear();
    if (wasTrying) this.#options.player.send('edit');
  }

  #clear(): void {
    this.offers = [];
    this.tried = null;
  }

  #sceneWith(index: number | null): Scene {
    const { scene, selectedId } = this.#options.editor;
    const offer = index === null ? undefined : this.offers[index];
    return offer ? updateLayer(scene, selectedId, (layer) => ({ ...layer, params: offer.params })) : scene;
  }
}

function describeChange(from: ParamValues, to: ParamValues, triggerId: string): string {
  const changes = biggestChanges(from, to, findTrigger(triggerId)?.params ?? {})
    .slice(0, 2)
    .filter(({ travel }) => Math.abs(travel) > MIN_WORDED_TRAVEL)
    .map(({ id, travel }) => comparative(paramMessages(triggerId, id), travel > 0 ? 'more' : 'less'));
  return changes.length > 0 ? formatList(changes, { type: 'unit' }) : t.sculpt.alike;
}
