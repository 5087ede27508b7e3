// `npm run -s render`: the same engine without a browser. Lists what there is, or writes an audio file and its measurements.
import process from 'node:process';
import { FACTORY } from '../presets/factory.ts';
import { REFERENCE_SCENES } from './referenceScenes/index.ts';
import { TRIGGERS } from '../synth/index.ts';
import { describeScene } from '../ui/describeScene.ts';
import { soundMessages } from '../ui/messages/sound.ts';
import { paramMessages, triggerLabel } from '../ui/triggerMessages.ts';
import { loadSource } from './source.ts';
import { parse, USAGE, UsageError } from './usage.ts';
import { render } from './write.ts';

/**
 * Runs the command; prints to standard output, problems in one line to standard error with exit code 2.
 * @param args - the arguments of the command line
 * @throws whatever is an error of the program itself
 */
export async function main(args: string[]): Promise<void> {
  try {
    await run(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

async function run(args: string[]): Promise<void> {
  const options = parse(args);
  if (options === 'list') process.stdout.write(`${JSON.stringify(list(), null, 1)}\n`);
  else if (options === 'help') process.stdout.write(`${USAGE}\n`);
  else {
    const stats = await render(await loadSource(options.source, options), options);
    if (options.stats) process.stdout.write(`${JSON.stringify(stats)}\n`);
  }
}

function list(): object {
  return {
    triggers: TRIGGERS.map(({ id, family, params }) => ({
      id,
      label: triggerLabel(id),
      family,
      params: Object.entries(params).map(([paramId, spec]) =>
        spec.kind === 'number'
          ? {
              id: paramId,
              label: paramMessages(id, paramId).label(),
              kind: spec.kind,
              unit: spec.unit === '' ? '' : soundMessages.unit({ unit: spec.unit }),
              min: spec.min,
              max: spec.max,
              default: spec.default,
              options: [],
            }
          : {
              id: paramId,
              label: paramMessages(id, paramId).label(),
              kind: spec.kind,
              unit: '',
              min: null,
              max: null,
              default: spec.default,
              options: spec.options,
            },
      ),
    })),
    presets: FACTORY.map((preset) => ({ id: preset.id, name: preset.name, description: describeScene(preset.scene) })),
    references: REFERENCE_SCENES.map(({ family, id, name }) => ({ family, id, name })),
  };
}
