// Words about sound that are not one trigger's own: macros, places, the room, units, and how a description is put together.
import { defineMessages } from '../../lib/i18n/defineMessages.ts';

export const soundMessages = defineMessages('sound', {
  // A description: "soft nail taps on glass, slow" + "close to the left ear"; layers are chained by `both`.
  layer: '{sound}, {place}',
  both: '{first}; {rest}',
  silence: 'silence',
  unknown: 'an unknown sound',

  // A layer among its neighbours. `name` is the sound's name in a sentence: "second tapping".
  nameOfSeveral:
    '{index, plural, =1 {first {name}} =2 {second {name}} =3 {third {name}} =4 {fourth {name}} other {another {name}}}',
  // On a chip: "Tapping 2".
  labelOfSeveral: '{label} {index, number}',

  where: {
    moving:
      '{path, select, orbit {{distance, select, atEar {circling close round the head} close {circling close round the head} other {circling the head}}} other {{distance, select, atEar {from ear to ear, close} close {from ear to ear, close} other {from ear to ear}}}}',
    // `direction` is one of the next group.
    still:
      '{distance, select, atLeftEar {at the left ear} atRightEar {at the right ear} closeToLeftEar {close to the left ear} closeToRightEar {close to the right ear} close {close, {direction}} away {{direction}, a little away} other {{direction}}}',
    front: 'in front',
    frontLeft: 'in front, to the left',
    frontRight: 'in front, to the right',
    left: 'on the left',
    right: 'on the right',
    backLeft: 'behind, on the left',
    backRight: 'behind, on the right',
    back: 'behind',
    above: '{where} and above',
    below: '{where} and below',
  },
  centimetres: '{distance, number} cm',
  metres: '{distance, number} m',
  direction:
    '{side, select, front {in front} back {behind} left {{degrees, number}° left} other {{degrees, number}° right}}',
  height: '{side, select, level {at ear height} above {{degrees, number}° above} other {{degrees, number}° below}}',

  // A value in figures: `figures` is the number, rounded.
  figures:
    '{unit, select, perSecond {{figures} per second} cmPerSecond {{figures} cm/s} factor {{figures} ×} seconds {{figures} s} degrees {{figures}°} decibels {{figures} dB} centimetres {{figures} cm} minutes {{figures} min} other {{figures} %}}',
  // The unit alone, beside a field for the number.
  unit: '{unit, select, perSecond {per second} cmPerSecond {cm/s} factor {×} seconds {s} degrees {°} decibels {dB} centimetres {cm} minutes {min} other {%}}',
  exactField:
    '{unit, select, perSecond {{label}, per second} cmPerSecond {{label}, in cm/s} factor {{label}, times} seconds {{label}, in s} degrees {{label}, in °} decibels {{label}, in dB} centimetres {{label}, in cm} minutes {{label}, in minutes} other {{label}, in percent}}',

  macros: {
    softness: { label: 'Softness', more: 'softer', less: 'harder' },
    brightness: {
      label: 'Brightness',
      low: 'dark',
      high: 'bright',
      more: 'brighter',
      less: 'darker',
      words: { dark: 'dark', warm: 'warm', natural: 'natural', clear: 'clear', bright: 'bright' },
    },
    crispness: { label: 'Crispness', more: 'crisper', less: 'smoother' },
    pace: { label: 'Pace', more: 'quicker', less: 'slower' },
    steadiness: {
      label: 'Steadiness',
      low: 'free',
      high: 'even',
      more: 'steadier',
      less: 'freer',
      words: { free: 'free', loose: 'loose', natural: 'natural', steady: 'steady', even: 'even' },
    },
    surprise: {
      label: 'Surprise',
      low: 'alike',
      high: 'varied',
      more: 'more varied',
      less: 'more alike',
      words: { alike: 'alike', calm: 'calm', lively: 'lively', varied: 'varied', wild: 'wild' },
    },
  },

  place: {
    azimuthDeg: {
      label: 'Direction',
      low: 'behind, by the right',
      high: 'behind, by the left',
      hint: '0 is in front, 90 at the left ear.',
    },
    elevationDeg: { label: 'Height', low: 'below', high: 'above', more: 'higher up', less: 'lower down' },
    closeness: {
      label: 'Closeness',
      low: 'far',
      high: 'at the ear',
      more: 'closer',
      less: 'further away',
      hint: 'From 1 m to 12 cm from your head’s centre.',
    },
    spread: {
      label: 'Spread',
      low: 'a point',
      high: 'all around',
      more: 'wider',
      less: 'narrower',
      words: { point: 'a point', small: 'small', broad: 'broad', wide: 'wide', allAround: 'all around' },
    },
    periodSec: {
      label: 'Journey',
      low: 'quick',
      high: 'slow',
      more: 'slower on its way',
      less: 'quicker on its way',
    },
  },
  path: 'Path',
  paths: {
    still: 'still',
    drift: 'drifting',
    earToEar: 'ear to ear',
    orbit: 'round the head',
    strokes: 'follows the strokes',
  },
  level: { label: 'Level', low: 'faint', high: 'full', more: 'louder', less: 'quieter' },
  room: {
    size: { label: 'Size', low: 'small room', high: 'living room', more: 'more spacious', less: 'less spacious' },
    amount: { label: 'Amount', low: 'none', high: 'clear', more: 'more room', less: 'less room' },
  },
  // Over a night.
  arc: {
    slower: {
      label: 'Slower',
      low: 'as it is',
      high: 'much slower',
      more: 'slower',
      less: 'less slow',
      hint: 'Over the night, events come less often.',
    },
    thinner: {
      label: 'Fewer sounds',
      low: 'as it is',
      high: 'sparse',
      more: 'fewer sounds',
      less: 'more sounds',
      hint: 'Over the night, fewer sounds at once.',
    },
    darker: { label: 'Darker', low: 'as it is', high: 'much darker', more: 'darker', less: 'less dark' },
    farther: {
      label: 'Farther',
      low: 'as it is',
      high: 'across the room',
      more: 'farther away',
      less: 'less far away',
    },
    stiller: {
      label: 'Less movement',
      low: 'as it is',
      high: 'still',
      more: 'less movement',
      less: 'more movement',
      hint: 'Over the night, movement comes to rest.',
    },
  },
});
