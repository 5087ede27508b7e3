// The messages of every trigger: its own catalogue (src/synth/triggers/<id>.messages.ts) over the words that macros share.
import { defineMessages } from '../lib/i18n/defineMessages.ts';
import type { Catalogue } from '../lib/i18n/defineMessages.ts';
import { soundMessages } from './messages/sound.ts';

type Text = () => string;
type Texts = Readonly<Record<string, Text>>;

/** The messages of one parameter; those that it does not need are left out. */
export interface ParamMessages {
  readonly label: Text;
  /** The slider's two ends. */
  readonly low?: Text;
  readonly high?: Text;
  /** Comparatives: "softer" and "harder". */
  readonly more?: Text;
  readonly less?: Text;
  /** One sentence of help. */
  readonly hint?: Text;
  /** By the ids of the spec's `words`. */
  readonly words?: Texts;
  /** By the ids of the spec's options: as in a menu, and as in the description of the sound. */
  readonly choices?: Texts;
  readonly nouns?: Texts;
}

/** The messages of one trigger. */
export interface TriggerMessages {
  readonly label: Text;
  /** In a sentence. */
  readonly name: Text;
  /** The sound without its place. Values by parameter: a code, `<id>Word` for the word and `<id>Noun` for the noun. */
  readonly describe: (values: Readonly<Record<string, string>>) => string;
  readonly params: Readonly<Record<string, ParamMessages>>;
}

type OwnMessages = TriggerMessages & { readonly params: Readonly<Record<string, Partial<ParamMessages>>> };

const CATALOGUES = import.meta.glob<Catalogue>('../synth/triggers/**/*messages.ts', { eager: true, import: 'default' });
const SHARED: Readonly<Record<string, ParamMessages>> = soundMessages.macros;

const byId = new Map(
  Object.entries(CATALOGUES).map(([file, catalogue]): [string, TriggerMessages] => {
    const id = /([^/]+)[./]messages\.ts$/.exec(file)?.[1] ?? '';
    const own = defineMessages(`trigger.${id}`, catalogue) as unknown as OwnMessages;
    return [id, { ...own, params: { ...SHARED, ...mapParams(own.params) } }];
  }),
);

function mapParams(params: Readonly<Record<string, Partial<ParamMessages>>>): Record<string, ParamMessages> {
  return Object.fromEntries(
    Object.entries(params).map(([id, own]) => {
      const shared = SHARED[id];
      const words = { ...shared?.words, ...own.words };
      return [id, { ...shared, ...own, words } as ParamMessages];
    }),
  );
}

/**
 * Finds the messages of a trigger.
 * @param id - the trigger's id
 * @returns its messages; undefined for an unknown trigger
 */
export function triggerMessages(id: string): TriggerMessages | undefined {
  return byId.get(id);
}

/**
 * Names a trigger, as in a menu.
 * @param id - the trigger's id
 * @returns its label; the id of an unknown one
 */
export function triggerLabel(id: string): string {
  return byId.get(id)?.label() ?? id;
}

/**
 * Finds the messages of a parameter.
 * @param triggerId - the trigger's id
 * @param paramId - the parameter's id
 * @returns its messages; for an unknown one its id stands as the label
 */
export function paramMessages(triggerId: string, paramId: string): ParamMessages {
  return byId.get(triggerId)?.params[paramId] ?? { label: () => paramId };
}

/**
 * Names the direction in which a value moved.
 * @param texts - the parameter's messages
 * @param direction - up or down
 * @returns "softer", "less ring"; the label of a parameter without directions
 */
export function comparative(texts: ParamMessages, direction: 'more' | 'less'): string {
  return (texts[direction] ?? texts.label)();
}
