// Reference scenes for tapping.
import type { Reference } from '../references.ts';

export const TAPPING_REFERENCES: readonly Reference[] = [];
