// One entry of the journal in words: when it was, and what was said. What was left out is not mentioned.
import { localStart } from '../../../formats/practiceEntry.ts';
import type { PracticeEntry } from '../../../formats/practiceEntry.ts';
import { practiceTexts } from './texts.ts';
import { weekdayWords } from './formatDay.ts';

const { ask, journal: texts } = practiceTexts;

/** "Tue 24 Nov, 22:10". */
export function whenWords(entry: PracticeEntry): string {
  if (entry.kind === 'morning') return `${weekdayWords(entry.day)}, ${texts.morning}`;
  const { day, time } = localStart(entry);
  return `${weekdayWords(day)}, ${time}`;
}

/** "Slow glass, 20 minutes, distress 6 → 3, tingles 4". */
export function whatWords(entry: PracticeEntry): string {
  if (entry.kind === 'morning') {
    const { minutesToSleep, timesAwake, quality } = entry;
    return [
      minutesToSleep === null ? '' : texts.asleep(minutesToSleep),
      timesAwake === null ? '' : texts.awake(timesAwake),
      quality === null ? '' : texts.slept(ask.qualities[quality - 1] ?? ''),
    ]
      .filter(Boolean)
      .join(', ');
  }
  return [
    entry.presetName,
    texts.session(entry.minutes),
    entry.mode === 'sleep' ? texts.night : '',
    texts.rated(entry.before, entry.after),
    entry.tingles === null ? '' : texts.tingles(entry.tingles),
    entry.again === null ? '' : entry.again ? texts.again : texts.notAgain,
  ]
    .filter(Boolean)
    .join(', ');
}
