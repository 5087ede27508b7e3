// Share form: the fields of the share sheet, the shared preset they make, and the link, QR code and file built from it.
import type { ParamLimit, SharedPreset } from '../../../formats/sharedPreset.ts';
import type { Preset } from '../../../formats/preset.ts';
import type { PracticeSummary } from '../../../formats/practiceSummary.ts';
import type { SavedPresets } from '../library/savedPresets.svelte.ts';
import type { Settings } from '../settings/settings.svelte.ts';
import type { ShareSubject } from './shareSubject.ts';
import { buildShare } from './buildShare.ts';
import type { ShareResult } from './buildShare.ts';
import { parcelOf, readMinutes, strengthOf } from './shareSummary.ts';

/** The form of the share sheet. */
export class ShareForm {
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
  result: ShareResult | null = $state.raw(null);
  building: boolean = $state(false);
  failed: boolean = $state(false);

  readonly subject: ShareSubject;
  readonly #savedPresets: Pick<SavedPresets, 'saved'>;
  readonly #settings: Pick<Settings, 'sender' | 'change'>;
  readonly #sentAt = new Date().toISOString();
  /** Counts up with every change: what was made from older fields is dropped. */
  #buildCount = 0;

  readonly minutesWrong = $derived(readMinutes(this.minutes) === undefined);
  readonly strength = $derived(strengthOf(this.passphrase));
  readonly parcel: SharedPreset = $derived.by(() =>
    parcelOf(this.#asTicked(this.subject.preset), {
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
    this.subject.preset,
    ...this.#savedPresets.saved.filter(({ id }) => this.others.includes(id)).map(({ preset }) => preset),
  ]);
  readonly hasNotes: boolean = $derived(this.#whole.some(({ note }) => note !== ''));
  readonly hasTags: boolean = $derived(this.#whole.some(({ tags }) => tags.length > 0));
  /** The same as they leave. Several go without the words of a parcel. */
  readonly presets: readonly Preset[] = $derived.by(() => this.#whole.map((preset) => this.#asTicked(preset)));
  /** All that leaves is made from this. */
  readonly request = $derived({ parcel: this.parcel, presets: this.presets });
  readonly many: boolean = $derived(this.presets.length > 1);
  /** A passphrase is asked for but protects nothing yet: nothing can leave. */
  readonly waitsForPassphrase: boolean = $derived(this.locked && ['none', 'short'].includes(this.strength));

  constructor(
    subject: ShareSubject,
    savedPresets: Pick<SavedPresets, 'saved'>,
    settings: Pick<Settings, 'sender' | 'change'>,
  ) {
    this.subject = subject;
    this.#savedPresets = savedPresets;
    this.#settings = settings;
    this.from = settings.sender;
    this.remember = this.from !== '';
    // Their own words go back with their sound.
    this.withOwnNote = subject.before !== null;
  }

  #asTicked(preset: Preset): Preset {
    return { ...preset, note: this.withOwnNote ? preset.note : '', tags: this.withTags ? preset.tags : [] };
  }

  /** Makes link, code and file anew from the fields. */
  async build(): Promise<void> {
    this.#buildCount += 1;
    const build = this.#buildCount;
    this.building = true;
    this.failed = false;
    const passphrase = this.locked ? this.passphrase : '';
    const made = await buildShare({ ...this.request, passphrase }).catch((error: unknown) => {
      console.error('share:', error);
      return null;
    });
    if (build !== this.#buildCount) return;
    this.building = false;
    this.result = made;
    this.failed = made === null;
  }

  /** The fields changed: what was made before must not leave. */
  invalidate(): void {
    this.#buildCount += 1;
    this.building = false;
    this.result = null;
  }

  /** The name is kept on this device only if the person asked for it. */
  async rememberSender(): Promise<void> {
    const sender = this.remember ? this.parcel.from : '';
    if (sender !== this.#settings.sender) await this.#settings.change({ sender });
  }
}
