// What plays nothing carries no voices: the built page and its helpers know what every trigger offers, and no more.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import type { ESTree, Plugin } from 'vite';
import { playsIn } from './entries.ts';

const SYNTH = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../src/synth') + path.sep;
const TRIGGERS = path.join(SYNTH, 'triggers') + path.sep;
const INSTEAD = "create: () => { throw new Error('Nothing plays here.'); }";

/** Vite plugin: list it in `plugins` and in `worker.plugins`. */
export function silentTriggers(): Plugin {
  let silent = true;
  return {
    name: 'hushcraft-silent-triggers',
    apply: 'build',
    enforce: 'pre',
    buildStart({ input }) {
      silent = !playsIn(input);
    },
    transform(code, id) {
      const [file = ''] = id.split('?');
      if (!silent || !file.startsWith(SYNTH)) return null;
      // What only a voice needs goes with it: nothing in the instrument does anything by being imported.
      return { code: file.startsWith(TRIGGERS) ? silenced(code, file) : code, map: null, moduleSideEffects: false };
    },
  };
}

/** The code of a trigger's file without what its `create` says. */
export function silenced(code: string, file: string): string {
  for (const call of calls(parseSync(file, code).program)) {
    const [trigger] = call.arguments;
    if (trigger?.type !== 'ObjectExpression') continue;
    const create = trigger.properties.find((property) => isNamed(property, 'create'));
    if (create) return code.slice(0, create.start) + INSTEAD + code.slice(create.end);
  }
  return code;
}

/** Every `export const … = defineTrigger(…)`. */
function calls(program: ESTree.Program): ESTree.CallExpression[] {
  return program.body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration' || statement.declaration?.type !== 'VariableDeclaration') return [];
    return statement.declaration.declarations.flatMap(({ init }) =>
      init?.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === 'defineTrigger'
        ? [init]
        : [],
    );
  });
}

function isNamed(property: ESTree.ObjectPropertyKind, name: string): boolean {
  return property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === name;
}
