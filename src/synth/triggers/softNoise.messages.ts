// Soft noise, in words. What is not here stands with the macros in src/ui/messages/sound.ts.
export default {
  label: 'Soft noise',
  name: 'soft noise',
  describe: '{swell, select, still {{brightnessWord} soft noise} other {{brightnessWord} soft noise, slowly swelling}}',
  params: {
    softness: {
      low: 'open',
      high: 'muffled',
      words: { open: 'open', airy: 'airy', gentle: 'gentle', soft: 'soft', muffled: 'muffled' },
      hint: 'How much of the finest hiss is taken away.',
    },
    brightness: {
      words: { veryDark: 'very dark' },
      hint: 'From a deep rumble to an open hiss.',
    },
    crispness: {
      low: 'smooth',
      high: 'grainy',
      words: { smooth: 'smooth', silky: 'silky', fine: 'fine', sandy: 'sandy', grainy: 'grainy' },
      hint: 'One even sound, or many tiny grains.',
    },
    pace: {
      low: 'one swell in 90 s',
      high: 'one in 20 s',
      words: {
        verySlow: 'very slow',
        slow: 'slow',
        unhurried: 'unhurried',
        breathing: 'breathing',
        lively: 'lively',
      },
    },
    steadiness: {
      low: 'wandering',
      high: 'regular',
      words: { wandering: 'wandering', regular: 'regular' },
    },
    swell: {
      label: 'Swell',
      low: 'still',
      high: 'deep',
      more: 'more swell',
      less: 'less swell',
      words: { still: 'still', barely: 'barely', gentle: 'gentle', clear: 'clear', deep: 'deep' },
      hint: 'How far it rises and falls.',
    },
    width: {
      label: 'Width',
      low: 'one place',
      high: 'all around',
      more: 'wider',
      less: 'narrower',
      words: { onePlace: 'one place', narrow: 'narrow', open: 'open', wide: 'wide', allAround: 'all around' },
    },
  },
} as const;
