// Vary: neighbours of the selected layer are offered; one can be tried, and kept as one step, or none.
import { findTrigger } from '../../../synth/index.ts';
import type { ParamValues, Scene } from '../../../synth/index.ts';
import type { Session } from './session.svelte.ts';
import { formatList } from '../../../lib/i18n/format.ts';
import { t } from '../../app/texts.ts';
import { comparative, paramMessages } from '../../triggerMessages.ts';
import { updateLayer } from './sceneEdits.ts';
import { biggestChanges, neighbours } from './variation.ts';

export interface Offer {
  readonly params: ParamValues;
  /** How it differs: "softer, slower". */
  readonly words: string;
}

const COUNT = 4;
/** Smaller shares of a slider are not worth a word. */
const WORTH_SAYING = 0.08;

export class Vary {
  offers: readonly Offer[] = $state.raw([]);
  /** Which offer is being heard; null for the working copy. */
  tried: number | null = $state(null);

  readonly #session: Session;
  readonly #rounds: Record<string, number> = {};

  constructor(session: Session) {
    this.#session = session;
  }

  /** Offers neighbours of the selected layer; again: others. */
  offer(): void {
    const session = this.#session;
    const layer = session.selected;
    const trigger = findTrigger(layer?.trigger ?? '');
    if (!layer || !trigger) return;
    this.end();
    const round = (this.#rounds[layer.id] ?? 0) + 1;
    this.#rounds[layer.id] = round;
    const locked = (paramId: string): boolean => session.isLocked(layer.id, paramId);
    const found = neighbours(layer, trigger.params, { seed: session.scene.seed, round, locked, count: COUNT });
    this.offers = found.map((params) => ({ params, words: inWords(layer.params, params, trigger.id) }));
    if (found.length === 0) session.onNotice(t.sculpt.allLocked);
    else session.announcer.say(t.sculpt.varyIntro);
  }

  /** Hears an offer in place of the working copy; null goes back. */
  try(index: number | null): void {
    this.tried = index;
    this.#session.send('edit', this.#sceneOf(index));
  }

  /** The offer being tried becomes the sound: one step. */
  keep(): void {
    const scene = this.#sceneOf(this.tried);
    this.offers = [];
    this.tried = null;
    this.#session.edit(t.sculpt.varied, '', scene);
  }

  /** Takes the offers away and goes back to the working copy. */
  end(): void {
    if (this.offers.length === 0) return;
    this.offers = [];
    const wasTrying = this.tried !== null;
    this.tried = null;
    if (wasTrying) this.#session.send('edit');
  }

  #sceneOf(index: number | null): Scene {
    const { scene, selectedId } = this.#session;
    const offer = index === null ? undefined : this.offers[index];
    return offer ? updateLayer(scene, selectedId, (layer) => ({ ...layer, params: offer.params })) : scene;
  }
}

function inWords(from: ParamValues, to: ParamValues, triggerId: string): string {
  const changes = biggestChanges(from, to, findTrigger(triggerId)?.params ?? {})
    .slice(0, 2)
    .filter(({ travel }) => Math.abs(travel) > WORTH_SAYING)
    .map(({ id, travel }) => comparative(paramMessages(triggerId, id), travel > 0 ? 'more' : 'less'));
  return changes.length > 0 ? formatList(changes, { type: 'unit' }) : t.sculpt.alike;
}
