// The rooms of src and who may import whom: one table, and the ESLint rule that holds it. Type imports count.
import path from 'node:path';

const BELOW_UI = ['lib', 'synth', 'formats', 'storage', 'presets', 'practice', 'discovery', 'audio/types.ts'];
/** State of the page that every feature may use. The context names the features' classes, by type. */
const PAGE_STATE = ['context.ts', 'appState.svelte.ts', 'toasts.svelte.ts', 'announcer.svelte.ts'].map(
  (file) => `ui/app/${file}`,
);
const ICONS = '@lucide/svelte/';

/**
 * A room is a folder or a file of src; the longest that fits a file is its room. `mayImport` names rooms, or single files of
 * them; a room always knows itself. `packages` are the packages it may import, a final slash stands for all below.
 */
export const ROOMS = [
  { room: 'lib', mayImport: [], packages: ['icu-minify/', '@schummar/icu-type-parser'] },
  { room: 'synth', mayImport: ['lib'], packages: [] },
  // Reached through the typed classes in synth/dsp, which get the compiled bytes as `virtual:` modules.
  { room: 'synth/kernels', mayImport: ['synth'], packages: [] },
  { room: 'formats', mayImport: ['lib', 'synth'], packages: ['valibot'] },
  // For the build only: no page imports it.
  {
    room: 'formats/jsonSchemas.ts',
    mayImport: ['lib', 'synth', 'formats'],
    packages: ['valibot', '@valibot/to-json-schema'],
  },
  { room: 'storage', mayImport: ['lib', 'synth', 'formats'], packages: ['valibot', 'idb-keyval'] },
  {
    room: 'audio',
    mayImport: ['lib', 'synth', 'formats', 'storage/webLock.ts', 'audio/graph.ts'],
    packages: ['mediabunny', '@mediabunny/'],
  },
  // Deep imports only: the package's own entry opens an AudioContext when it is imported.
  {
    room: 'audio/graph.ts',
    mayImport: ['lib', 'synth', 'audio'],
    packages: ['tone/build/'],
  },
  { room: 'presets', mayImport: ['lib', 'synth', 'formats'], packages: [] },
  { room: 'practice', mayImport: ['lib', 'synth', 'formats'], packages: [] },
  { room: 'discovery', mayImport: ['lib', 'synth', 'formats'], packages: [] },
  { room: 'offline', mayImport: ['lib'], packages: [] },
  {
    room: 'cli',
    mayImport: ['lib', 'synth', 'formats', 'audio', 'presets', 'practice', 'discovery', 'ui', 'ui/messages'],
    packages: ['node:'],
  },
  { room: 'ui/messages', mayImport: BELOW_UI, packages: [] },
  // Files of src/ui itself: what chooses messages for codes and values, for screens and the command line alike.
  { room: 'ui', mayImport: [...BELOW_UI, 'ui/messages'], packages: [] },
  { room: 'ui/kit', mayImport: ['lib', 'ui/messages'], packages: ['svelte', 'bits-ui', 'qr', ICONS] },
  {
    room: 'ui/features',
    mayImport: [...BELOW_UI, 'ui', 'ui/messages', 'ui/kit', ...PAGE_STATE],
    packages: ['svelte', 'svelte/', 'bits-ui', 'qr/', ICONS],
  },
  {
    room: 'ui/app',
    mayImport: [...BELOW_UI, 'ui', 'ui/messages', 'ui/kit', 'ui/features', '../package.json'],
    packages: ['svelte', 'svelte/', 'bits-ui', ICONS],
  },
  {
    room: 'main.ts',
    mayImport: ['lib', 'synth', 'formats', 'storage', 'audio', 'presets', 'practice', 'discovery', 'offline'].concat([
      'ui/messages',
      'ui/kit',
      'ui/features',
      'ui/app',
    ]),
    packages: ['svelte', '@fontsource-variable/'],
  },
];

/** What still breaks the table, by importing room or file. It may only become shorter. */
const EXCEPTIONS = {
  'ui/features': ['ui/app/texts.ts', 'ui/app/dialogTexts.ts'],
};

const isIn = (file, room) => file === room || file.startsWith(`${room}/`);

function findRoom(file) {
  return ROOMS.filter(({ room }) => isIn(file, room)).sort((a, b) => b.room.length - a.room.length)[0];
}

/** Why `file` may not import `source`, both as paths below src; nothing where it may. */
function refuse(file, source) {
  const own = findRoom(file);
  if (!own) return `${file} is in no room: add its folder to tools/lint/rooms.js.`;
  if (!source.startsWith('.')) {
    const allowed = [...own.packages, 'virtual:'].some((name) =>
      /[/:]$/.test(name) ? source.startsWith(name) : source === name,
    );
    return allowed ? undefined : `${own.room} may not import the package ${source}.`;
  }
  const target = path.posix.join(path.posix.dirname(file), source.replace(/\?.*$/, ''));
  const room = findRoom(target)?.room;
  const exceptions = Object.entries(EXCEPTIONS).flatMap(([by, may]) => (isIn(file, by) ? may : []));
  const allowed = [own.room, ...own.mayImport, ...exceptions].some((name) => name === room || name === target);
  return allowed ? undefined : `${own.room} may not import ${target}.`;
}

/** Refuses an import that the table of rooms does not allow: static, dynamic, type, re-export or `new URL` of a worker. */
export const rooms = {
  meta: { type: 'problem', docs: { description: 'Rooms of src import each other in one direction' }, schema: [] },
  create(context) {
    const [, file] = context.filename.replaceAll('\\', '/').match(/.*\/src\/(.*)$/) ?? [];
    if (!file) return {};
    const check = (node, literal) => {
      if (typeof literal?.value !== 'string') return;
      const message = refuse(file, literal.value);
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      TSImportType: (node) => check(node, node.source),
      'NewExpression[callee.name="URL"][arguments.1.type="MemberExpression"]': (node) => check(node, node.arguments[0]),
    };
  },
};
