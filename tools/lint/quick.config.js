// The project's own rules alone, without types, over all of src: what is left to do before a room can be switched on.
//   npm run check:own
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';
import { docs } from './docs.js';
import { names } from './names.js';
import { rooms } from './rooms.js';

export default defineConfig(
  svelte.configs.base,
  { files: ['**/*.ts'], languageOptions: { parser: ts.parser } },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte'],
    ignores: ['src/synth/kernels/**', '**/*.d.ts'],
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    plugins: { own: { rules: { docs, names, rooms } } },
    rules: { 'own/docs': 'error', 'own/names': 'error', 'own/rooms': 'error' },
  },
);
