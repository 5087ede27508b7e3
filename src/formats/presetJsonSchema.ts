// The JSON Schema of the preset file, made from the trigger registry. By hand: the parser accepts, and clamps, more than it describes.
import {
  ARC_SPECS,
  LAYER_GAIN,
  MASTER_GAIN,
  MAX_LAYERS,
  PATHS,
  PLACE_SPECS,
  ROOM_SPECS,
  TRIGGERS,
} from '../synth/index.ts';
import type { NumberParam, ParamSpec, Trigger } from '../synth/index.ts';
import { PRESET_FORMAT, PRESET_VERSION } from './preset.ts';
import { MAX_TAGS, MAX_NAME_GRAPHEMES, MAX_NOTE_CHARS, SAFE_ID, MAX_TAG_GRAPHEMES } from './text.ts';

type Schema = Readonly<Record<string, unknown>>;

const ID: Schema = { type: 'string', pattern: SAFE_ID.source };

/**
 * Makes the JSON Schema of the preset file: of what is read without a warning about values. What is left out gets its default.
 * @returns the schema
 */
export function presetJsonSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Hushcraft preset',
    description:
      'One sound of Hushcraft, ready to be played: the same preset gives the same samples everywhere. See docs/preset-format.md.',
    ...object(
      {
        $schema: { type: 'string', description: 'Where this description lies, for your editor. Not read.' },
        format: { const: PRESET_FORMAT },
        version: { enum: Array.from({ length: PRESET_VERSION }, (_, i) => i + 1) },
        id: { ...ID, description: 'Names this preset for good, whatever it is called.' },
        name: { type: 'string', minLength: 1, description: `Up to ${String(MAX_NAME_GRAPHEMES)} characters.` },
        createdAt: { type: 'string', format: 'date-time', description: 'UTC, ISO 8601.' },
        tags: {
          type: 'array',
          maxItems: MAX_TAGS,
          items: { type: 'string', minLength: 1, description: `Up to ${String(MAX_TAG_GRAPHEMES)} characters.` },
        },
        note: { type: 'string', maxLength: MAX_NOTE_CHARS },
        scene: sceneSchema(),
        checksum: {
          type: 'string',
          pattern: '^crc32:[0-9a-f]{8}$',
          description: 'Finds damage. Delete it when you edit a file by hand.',
        },
      },
      ['format', 'version', 'scene'],
    ),
    $defs: Object.fromEntries(TRIGGERS.map((trigger) => [trigger.id, layerSchema(trigger)])),
  };
}

function sceneSchema(): Schema {
  return object(
    {
      seed: {
        type: 'integer',
        minimum: 0,
        maximum: 0xffffffff,
        description: 'All chance in the sound comes from this number.',
      },
      layers: {
        type: 'array',
        minItems: 1,
        maxItems: MAX_LAYERS,
        items: { anyOf: TRIGGERS.map(({ id }) => ({ $ref: `#/$defs/${id}` })) },
      },
      room: object(mapSpecs(ROOM_SPECS)),
      master: object({
        gainDb: numberSchema(MASTER_GAIN),
        mono: { type: 'boolean', default: false, description: 'For one ear or one speaker.' },
      }),
      arc: { ...object(mapSpecs(ARC_SPECS)), description: 'How the sound changes over a night.' },
    },
    ['layers'],
  );
}

function layerSchema(trigger: Trigger): Schema {
  return object(
    {
      id: { ...ID, description: 'Unique in the scene. The layer’s own chance hangs on it.' },
      trigger: { const: trigger.id },
      gainDb: numberSchema(LAYER_GAIN),
      muted: { type: 'boolean', default: false },
      params: object(mapSpecs(trigger.params)),
      place: object({ ...mapSpecs(PLACE_SPECS), path: { enum: PATHS, default: PATHS[0] } }),
    },
    ['trigger'],
  );
}

function object(properties: Schema, required: readonly string[] = []): Schema {
  return {
    type: 'object',
    properties,
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

function mapSpecs(specs: Readonly<Record<string, ParamSpec>>): Schema {
  return Object.fromEntries(
    Object.entries(specs).map(([id, spec]) => [id, spec.kind === 'number' ? numberSchema(spec) : choiceSchema(spec)]),
  );
}

function numberSchema({ unit, min, max, default: usual }: NumberParam): Schema {
  return {
    type: 'number',
    ...(unit === '' ? {} : { description: `Unit: ${unit}.` }),
    minimum: min,
    maximum: max,
    default: usual,
  };
}

function choiceSchema({ options, default: usual }: Exclude<ParamSpec, NumberParam>): Schema {
  return { enum: options, default: usual };
}
