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
  // A value without a comparative of its own: "ring a little less".
  amount:
    '{direction, select, more {{size, select, minimal {{label} a touch more} small {{label} a little more} large {{label} much more} other {{label} more}}} other {{size, select, minimal {{label} a touch less} small {{label} a little less} large {{label} much less} other {{label} less}}}}',
  overNight: 'over a night: {change}',
  choice: '{label} {after} (was {before})',
  muted: 'silenced',
  unmuted: 'heard again',
  mono: 'for one ear',
  stereo: 'for both ears again',
  seed: 'another take of it',

  level: '{change}, {sign, select, minus {−} other {+}}{decibels} dB',
  wholeLevel: 'the whole sound {change}, {sign, select, minus {−} other {+}}{decibels} dB',
  louder: 'louder',
  quieter: 'quieter',
  moreRoom: 'more room',
  lessRoom: 'less room',
  largerRoom:
    '{size, select, minimal {barely a larger room} small {a slightly larger room} large {a much larger room} other {a larger room}}',
  smallerRoom:
    '{size, select, minimal {barely a smaller room} small {a slightly smaller room} large {a much smaller room} other {a smaller room}}',

  moved: 'moved {change}',
  closer: 'closer',
  farther: 'further away',
  higher: 'higher up',
  lower: 'lower down',
  wider: 'wider',
  narrower: 'narrower',
  slowerJourney:
    '{size, select, minimal {barely a slower journey} small {a slightly slower journey} large {a much slower journey} other {a slower journey}}',
  quickerJourney:
    '{size, select, minimal {barely a quicker journey} small {a slightly quicker journey} large {a much quicker journey} other {a quicker journey}}',
  turned: 'moved a little to the {side, select, left {left} other {right}}, by {degrees}°',
  // {place} is "the left ear", or "in front".
  movedTo: 'moved to {place}',
  path: '{to, select, still {stays in one place} drift {drifts} earToEar {goes from ear to ear} orbit {circles the head} other {follows the strokes}} (was {from, select, still {still} drift {drifting} earToEar {going from ear to ear} orbit {circling} other {following the strokes}})',

  limit: {
    // {name} is the value: "softness", "brushing: pace", "level of the whole sound".
    exactly: '{name} stays at {max}',
    between: '{name} between {min} and {max}',
    atMost: '{name} not above {max}',
    atLeast: '{name} not below {min}',
    // Of a distance.
    staysAway: '{layer}stays {near} away',
    betweenAway: '{layer}between {far} and {near} away',
    notCloser: '{layer}not closer than {near}',
    notFarther: '{layer}not further away than {far}',
  },
  // "brushing: " before the name of one of its values.
  layerPrefix: '{layer}: ',
  inLayer: '{layer}: {name}',
  inRoom: 'room: {name}',
  levelOf: 'level of {layer}',
  levelOfAll: 'level of the whole sound',
  percent: '{value} %',
  withUnit: '{value} {unit}',
  degrees: '{value}°',
});
