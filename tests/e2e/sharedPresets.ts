// Sounds as somebody else would send them: with everything a parcel can carry, several together, locked, and spoiled.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { linkByCommand, openByCommand } from './files.ts';

export interface Sent {
  /** Differs from the sound of the same id, with note, suggestion, limits, a summary of practice, and a value out of range. */
  readonly parcel: string;
  /** Two sounds, and one that cannot be read. */
  readonly bundle: string;
  readonly locked: string;
  readonly spoiled: string;
}

export const PASSPHRASE = 'amber kettle walks slowly';

interface Loose {
  [key: string]: Loose;
}

export function sentFiles(folder: string): Sent {
  const at = (name: string): string => path.join(folder, name);
  const preset = (id: string): Loose => {
    const file = at(`${id}.hush.json`);
    openByCommand(linkByCommand(id), file);
    const value = JSON.parse(readFileSync(file, 'utf8')) as Loose;
    // It will be changed by hand.
    delete value['checksum'];
    return value;
  };
  const write = (name: string, value: unknown): string => {
    writeFileSync(at(name), JSON.stringify(value));
    return at(name);
  };

  const glass = preset('slow-glass');
  const theirs = structuredClone(glass) as { scene: { layers: { params: object; place: object }[] } } & Loose;
  Object.assign(theirs.scene.layers[0]!.params, { softness: 0.9, pace: 0.9 });
  Object.assign(theirs.scene.layers[0]!.place, { azimuthDeg: -90, closeness: 7 });
  const parcel = write('parcel.hush.json', {
    format: 'hushcraft-parcel',
    version: 1,
    from: 'Mara Lindqvist-Featherstonehaugh',
    sentAt: '2026-11-24T12:00:00.000Z',
    note: 'Softer, as we said.\nTell me how it was, and whether theleftearisstillthebetteroneofthetwo.',
    suggestion: { minutes: 20, when: 'before bed', text: 'not closer than this' },
    bounds: [
      { what: 'layer-1/params/softness', min: 0.4, max: 0.95 },
      { what: 'layer-1/place/closeness', min: 0, max: 0.9 },
    ],
    preset: { ...theirs, note: 'the jar from the kitchen', tags: ['evening', 'glass'] },
    practice: {
      version: 1,
      from: '2026-11-16',
      to: '2026-11-22',
      sections: ['sessions', 'ratings', 'sleep', 'presets', 'notes'],
      sessions: [16, 17, 19].map((day) => ({
        ...{
          day: `2026-11-${String(day)}`,
          time: '22:10',
          minutes: 20,
          mode: 'day',
          timerMinutes: 30,
          interruptions: 0,
        },
        ...{ before: 7, after: day === 19 ? 3 : 5, tingles: 4, again: true, note: day === 17 ? 'rain outside' : '' },
        ...{ presetId: 'slow-glass', presetName: 'Slow glass, left', presetWords: 'soft taps', presetRevision: null },
      })),
      mornings: [17, 18, 20].map((day) => ({
        ...{ day: `2026-11-${String(day)}`, listened: day !== 18, note: '' },
        ...{ minutesToSleep: 20, timesAwake: 1, quality: 4 },
      })),
    },
  });
  const bundle = write('bundle.hush.json', {
    format: 'hushcraft-bundle',
    version: 1,
    presets: [{ ...glass, id: 'other-glass', name: 'Another glass' }, preset('night-hush'), { name: 'Broken' }],
  });
  const secret = write('secret.txt', '');
  writeFileSync(secret, PASSPHRASE);
  const locked = at('locked.hush.json');
  openByCommand(at('slow-glass.hush.json'), locked, '--lock', '--passphrase-file', secret);
  return { parcel, bundle, locked, spoiled: write('spoiled.hush.json', { format: 'something-else' }) };
}
