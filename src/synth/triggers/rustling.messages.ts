// Rustling, in words. What is not here stands with the macros in src/ui/messages/sound.ts.
export default {
  label: 'Rustling',
  name: 'rustling',
  describe:
    '{softnessWord} {materialNoun}, {pace, select, verySlow {very slow} slow {slow} lively {lively} other {quick}} {gestureNoun}',
  params: {
    softness: {
      low: 'sharp',
      high: 'hushed',
      words: { sharp: 'sharp', clear: 'clear', gentle: 'gentle', soft: 'soft', hushed: 'hushed' },
      hint: 'How gradually each tiny click begins.',
    },
    crispness: {
      low: 'blurred',
      high: 'crisp',
      words: { blurred: 'blurred', mellow: 'mellow', even: 'even', distinct: 'distinct', crisp: 'crisp' },
      hint: 'Separate, short clicks, or one soft rustle.',
    },
    pace: { low: 'slow', high: 'busy', hint: 'Squeezes, strokes, pages or steps per second.' },
    material: {
      label: 'Material',
      choices: {
        paper: 'Paper',
        page: 'Book pages',
        tissue: 'Tissue paper',
        leaves: 'Dry leaves',
        fabric: 'Fabric',
      },
      // After "soft".
      nouns: {
        paper: 'paper',
        page: 'book pages',
        tissue: 'tissue paper',
        leaves: 'dry leaves',
        fabric: 'fabric',
      },
    },
    gesture: {
      label: 'Gesture',
      choices: { squeeze: 'Squeezing', rub: 'Rubbing', turn: 'Turning pages', walk: 'Footsteps' },
      // After "slow".
      nouns: { squeeze: 'squeezes', rub: 'rubs', turn: 'page turns', walk: 'footsteps' },
    },
    size: {
      label: 'Size',
      low: 'scrap',
      high: 'large sheet',
      more: 'larger',
      less: 'smaller',
      words: { scrap: 'scrap', small: 'small', handSized: 'hand-sized', large: 'large', huge: 'huge' },
    },
    density: {
      label: 'Density',
      low: 'sparse',
      high: 'dense',
      more: 'denser',
      less: 'sparser',
      words: { sparse: 'sparse', loose: 'loose', medium: 'medium', thick: 'thick', dense: 'dense' },
    },
    dampness: {
      label: 'Dampness',
      low: 'dry',
      high: 'damp',
      more: 'damper',
      less: 'drier',
      words: { dry: 'dry', fresh: 'fresh', slightlyDamp: 'slightly damp', moist: 'moist', damp: 'damp' },
    },
    settling: {
      label: 'Ring',
      low: 'none',
      high: 'long',
      more: 'more ring',
      less: 'less ring',
      words: { none: 'none', short: 'short', natural: 'natural', long: 'long', veryLong: 'very long' },
      hint: 'How long it ticks on after the hand holds still.',
    },
    sliding: {
      label: 'Sliding',
      low: 'none',
      high: 'much',
      more: 'more sliding',
      less: 'less sliding',
      words: { none: 'none', little: 'a little', some: 'some', much: 'much', veryMuch: 'very much' },
      hint: 'The soft hiss of a hand along the sheet.',
    },
    hush: {
      label: 'Room noise',
      low: 'none',
      high: 'clear',
      more: 'more room noise',
      less: 'less room noise',
      words: { none: 'none', barelyThere: 'barely there', faint: 'faint', soft: 'soft', clear: 'clear' },
      hint: 'The faint, steady sound of the room under the gestures.',
    },
  },
} as const;
