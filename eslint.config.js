import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';
import { DOCUMENTED, docs } from './tools/lint/docs.js';
import { NAMED, names } from './tools/lint/names.js';
import { rooms } from './tools/lint/rooms.js';

/** Differ by a unit in the last place between JavaScript engines, which is enough to change the sound. */
const INEXACT = [
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'atan2',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
  'exp',
  'expm1',
  'log',
  'log2',
  'log10',
  'log1p',
  'pow',
  'cbrt',
  'hypot',
  'random',
];

/** Only src/storage knows where a device stores things. */
const STORES = ['indexedDB', 'localStorage', 'sessionStorage'];

/** Text from anywhere never becomes markup or code. */
const NO_MARKUP = [
  {
    selector:
      'MemberExpression[property.name=/^(?:innerHTML|outerHTML|srcdoc|insertAdjacentHTML|createContextualFragment|setHTMLUnsafe)$/]',
    message: 'Text must not become markup: use textContent or Svelte.',
  },
  { selector: "MemberExpression[object.name='document'][property.name='write']", message: 'Writes markup.' },
  { selector: "NewExpression[callee.name='DOMParser']", message: 'Parses markup.' },
  { selector: "SvelteAttribute[key.name='srcdoc']", message: 'Holds markup.' },
  {
    selector: 'SvelteAttribute[key.name=/^(?:href|action|formaction)$/] > SvelteMustacheTag',
    message: 'An address never comes from data.',
  },
];

/** All files of these rooms. */
const inRooms = (list) =>
  list.flatMap((room) => (/\.\w+$/.test(room) ? `src/${room}` : `src/${room}/**/*.{ts,svelte}`));

export default defineConfig(
  { ignores: ['dist', 'test-results', 'node_modules', '.svelte-check'] },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      // Keys that come from tables are written in brackets: TypeScript asks for it.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // There are no enums (erasableSyntaxOnly), and looking for them takes an eighth of the time.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // svelte-check knows which names and types there are; ESLint sees a component's props as `any`.
      'no-undef': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // Bookkeeping that no screen reads need not be reactive.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        performance: 'readonly',
        localStorage: 'readonly',
      },
    },
  },
  {
    // The instrument is pure: exact arithmetic, its own chance, no clock.
    files: ['src/synth/**/*.ts'],
    ignores: ['src/synth/kernels/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...INEXACT.map((property) => ({
          object: 'Math',
          property,
          message: 'Use src/synth/dsp/math.ts or random.ts.',
        })),
        { object: 'Date', property: 'now', message: 'The engine knows frames, not dates.' },
      ],
      'no-restricted-globals': ['error', 'Date', 'performance', 'setTimeout', 'crypto'],
      'no-restricted-syntax': [
        'error',
        {
          selector: "BinaryExpression[operator='**']",
          message: 'Not the same bits everywhere: multiply, or use maths.ts.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte'],
    plugins: { own: { rules: { docs, names, rooms } } },
    rules: {
      'own/rooms': 'error',
      'no-eval': 'error',
      'no-script-url': 'error',
      'svelte/no-at-html-tags': 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte'],
    ignores: ['src/synth/**'],
    rules: { 'no-restricted-syntax': ['error', ...NO_MARKUP] },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte'],
    ignores: ['src/storage/**', 'src/synth/**'],
    rules: {
      'no-restricted-globals': ['error', ...STORES.map((name) => ({ name, message: 'Only src/storage stores.' }))],
      'no-restricted-properties': [
        'error',
        ...STORES.flatMap((property) =>
          ['window', 'globalThis', 'self'].map((object) => ({ object, property, message: 'Only src/storage stores.' })),
        ),
        { object: 'navigator', property: 'locks', message: 'Use src/storage/webLock.ts.' },
      ],
    },
  },
  { files: inRooms(NAMED), rules: { 'own/names': 'error' } },
  { files: inRooms(DOCUMENTED), ignores: ['src/synth/kernels/**', '**/*.d.ts'], rules: { 'own/docs': 'error' } },
  {
    files: ['src/synth/kernels/**/*.ts'],
    rules: {
      // To TypeScript f32, i32 and usize are all `number`: these rules would delete casts that matter.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/consistent-type-assertions': 'off',
      'prefer-const': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression, ThrowStatement, TryStatement, ArrowFunctionExpression, TemplateLiteral',
          message: 'No heap, exceptions or closures in kernels.',
        },
      ],
    },
  },
  {
    files: ['tests/**/*.ts', 'bench/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
