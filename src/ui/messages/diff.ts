// How one sound differs from another, and how far its values may be moved.
import { defineMessages } from '../../lib/i18n/defineMessages.ts';

export const diffMessages = defineMessages('diff', {
  same: 'the same sound',
  // "tapping: a little softer · slower; another take of it"
  ofLayer: '{layer}: {change}',
  nextChange: '{before} · {change}',
  nextLine: '{before}; {line}',

  layerAdded: '{layer} added',
  layerRemoved: '{layer} removed',
  // {change} is "a little softer", {after} and {before} are values with their unit.
  withFigures: '{change}, {after} (was {before})',
  compared: '{size, select, minimal {a touch {word}} small {a little {word}} large {much {word}} other {{word}}}',
  overNight: 'over a night: {change}',
  choice: '{after} instead of {before}',
  muted: 'silenced',
  unmuted: 'heard again',
  mono: 'for one ear',
  stereo: 'for both ears again',
  seed: 'another take of it',

  level: '{change}, {sign, select, minus {−} other {+}}{decibels} dB',
  wholeLevel: 'the whole sound {change}, {sign, select, minus {−} other {+}}{decibels} dB',

  moved: 'moved {change}',
  turned: 'moved a little to the {side, select, left {left} other {right}}, by {degrees, number}°',
  // {place} is "at the left ear", or "in front".
  movedTo: 'now {place}',
  path: '{to, select, still {stays in one place} drift {drifts} earToEar {goes from ear to ear} orbit {circles the head} other {follows the strokes}} (was {from, select, still {still} drift {drifting} earToEar {going from ear to ear} orbit {circling} other {following the strokes}})',

  // What may be limited: "Brushing, Softness".
  inLayer: '{layer}, {name}',
  inRoom: 'Room, {name}',
  inWhole: 'Whole sound, {name}',
  limit: {
    exactly: '{name}: stays at {max}',
    between: '{name}: between {min} and {max}',
    atMost: '{name}: not above {max}',
    atLeast: '{name}: not below {min}',
    // Of a distance.
    staysAway: '{name}: stays {near} away',
    betweenAway: '{name}: between {far} and {near} away',
    notCloser: '{name}: not closer than {near}',
    notFarther: '{name}: not further away than {far}',
  },
});
