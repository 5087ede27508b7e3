// All cases that a preset can carry, by kind.
import { BYTES } from './bytes.ts';
import type { Case } from './case.ts';
import { NUMBERS } from './numbers.ts';
import { OBJECTS } from './objects.ts';
import { SHAPE } from './shape.ts';
import { WORDS } from './text.ts';

export const CASES: Readonly<Record<string, readonly Case[]>> = {
  'syntax and bytes': BYTES,
  'shape and size': SHAPE,
  numbers: NUMBERS,
  'object tricks': OBJECTS,
  text: WORDS,
};
