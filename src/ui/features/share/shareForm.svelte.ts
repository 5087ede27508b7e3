// What is being shared and how: the fields of the sheet, the parcel they make, and the link, code and file made from it.
import type { ParamLimit, SharedPreset } from '../../../formats/sharedPreset.ts';
import type { Preset } from '../../../formats/preset.ts';
import type { PracticeSummary } from '../../../formats/practiceSummary.ts';
import type { Library } from '../library/library.svelte.ts';
import type { Sharing } from './sharing.svelte.ts';
import { make } from './buildShare.ts';
import type { Made } from './buildShare.ts';
import { parcelOf, readMinutes, strengthOf } from './shareSummary.ts';

export class Outgoing {
  from: string = $state('');
  remember: boolean = $state(false);
  note: string = $state('');
  minutes: string = $state('');
  when: string = $state('');
  text: string = $state('');
  limited: boolean = $state(false);
  bounds: readonly ParamLimit[] = $state.raw([]);
  /** What one wrote for oneself stays here unless it is ticked. */
  withOwnNote: boolean = $state(false);
  withTags: boolean = $state(true);
  /** Ids of other kept sounds that go with it. */
  others: readonly string[] = $state.raw([]);
  locked: boolean = $state(false);
  passphrase: string = $state('');
  practice: PracticeSummary | null = $state.raw(null);

  /** What was made from the fields as they are; null while they changed since. */
  made: Made | null = $state.raw(null);
  making: boolean = $state(false);
  failed: boolean = $state(false);

  readonly sharing: Sharing;
  readonly #library: Library;
  readonly #sentAt = new Date().toISOString();
  /** Counts up with every change: what was made from older fields is dropped. */
  #turn = 0;

  readonly minutesWrong = $derived(readMinutes(this.minutes) === undefined);
  readonly strength = $derived(strengthOf(this.passphrase));
  readonly parcel: SharedPreset = $derived.by(() =>
    parcelOf(this.#asTicked(this.sharing.preset), {
      from: this.from,
      note: this.note,
      minutes: this.minutes,
      when: this.when,
      text: this.text,
      bounds: this.limited ? this.bounds : [],
      practice: this.practice,
      sentAt: this.#sentAt,
    }),
  );
  /** Every sound that goes, with everything that is kept beside it. */
  readonly #whole: readonly Preset[] = $derived.by(() => [
    this.sharing.preset,
    ...this.#library.kept.filter(({ id }) => this.others.includes(id)).map(({ preset }) => preset),
  ]);
  readonly hasNotes: boolean = $derived(this.#whole.some(({ note }) => note !== ''));
  readonly hasTags: boolean = $derived(this.#whole.some(({ tags }) => tags.length > 0));
  /** The same as they leave. Several go without the words of a parcel. */
  readonly presets: readonly Preset[] = $derived.by(() => this.#whole.map((preset) => this.#asTicked(preset)));
  /** All that leaves is made from this. */
  readonly wish = $derived({ parcel: this.parcel, presets: this.presets });
  readonly many: boolean = $derived(this.presets.length > 1);
  /** A passphrase is asked for but protects nothing yet: nothing can leave. */
  readonly waitsForPassphrase: boolean = $derived(this.locked && ['none', 'short'].includes(this.strength));

  constructor(library: Library, sharing: Sharing) {
    this.#library = library;
    this.sharing = sharing;
    this.from = library.settings.sender;
    this.remember = this.from !== '';
    // Their own words go back with their sound.
    this.withOwnNote = sharing.before !== null;
  }

  #asTicked(preset: Preset): Preset {
    return { ...preset, note: this.withOwnNote ? preset.note : '', tags: this.withTags ? preset.tags : [] };
  }

  /** Makes link, code and file anew from the fields. */
  async make(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.making = true;
    this.failed = false;
    const passphrase = this.locked ? this.passphrase : '';
    const made = await make({ ...this.wish, passphrase }).catch((error: unknown) => {
      console.error('share:', error);
      return null;
    });
    if (turn !== this.#turn) return;
    this.making = false;
    this.made = made;
    this.failed = made === null;
  }

  /** The fields changed: what was made before must not leave. */
  forget(): void {
    this.#turn += 1;
    this.making = false;
    this.made = null;
  }

  /** The name is kept on this device only if the person asked for it. */
  async rememberSender(): Promise<void> {
    const sender = this.remember ? this.parcel.from : '';
    if (sender !== this.#library.settings.sender) await this.#library.settings.change({ sender });
  }
}
