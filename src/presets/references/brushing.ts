// Reference scenes for brushing.
import type { Reference } from '../references.ts';

export const BRUSHING_REFERENCES: readonly Reference[] = [];
