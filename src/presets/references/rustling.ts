// Reference scenes for rustling.
import type { Reference } from '../references.ts';

export const RUSTLING_REFERENCES: readonly Reference[] = [];
