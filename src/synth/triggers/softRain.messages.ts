// Soft rain, in words. What is not here stands with the macros in src/ui/messages/sound.ts.
export default {
  label: 'Soft rain',
  name: 'soft rain',
  describe:
    '{density, select, fewDrops {a few drops of {softnessWord} rain {surfaceNoun}} light {light, {softnessWord} rain {surfaceNoun}} full {full, {softnessWord} rain {surfaceNoun}} steady {steady, {softnessWord} rain {surfaceNoun}} other {{softnessWord} rain {surfaceNoun}}}',
  params: {
    softness: {
      low: 'pattering',
      high: 'hushed',
      words: { pattering: 'pattering', clear: 'clear', gentle: 'gentle', soft: 'soft', hushed: 'hushed' },
      hint: 'How gradually each drop is heard.',
    },
    crispness: {
      low: 'one wash',
      high: 'every drop',
      words: {
        oneWash: 'one wash',
        blurred: 'blurred',
        even: 'even',
        distinct: 'distinct',
        everyDrop: 'every drop',
      },
      hint: 'One soft rush, or drops that can be told apart.',
    },
    pace: { low: 'now and then', high: 'busy', hint: 'Near drops per second.' },
    steadiness: { low: 'gusty', words: { gusty: 'gusty', changing: 'changing' } },
    surface: {
      label: 'Falls on',
      choices: {
        leaves: 'Leaves',
        canvas: 'Tent',
        window: 'Window',
        tin: 'Tin roof',
        earth: 'Earth',
        water: 'Water',
      },
      // After "rain".
      nouns: {
        leaves: 'on leaves',
        canvas: 'on a tent',
        window: 'on a window',
        tin: 'on a tin roof',
        earth: 'on earth',
        water: 'on water',
      },
    },
    density: {
      label: 'Density',
      low: 'a few drops',
      high: 'steady rain',
      more: 'denser',
      less: 'sparser',
      words: { fewDrops: 'a few drops', light: 'light', medium: 'medium', full: 'full', steady: 'steady' },
    },
    size: {
      label: 'Drops',
      low: 'fine',
      high: 'large',
      more: 'heavier drops',
      less: 'finer drops',
      words: { fine: 'fine', small: 'small', medium: 'medium', large: 'large', heavy: 'heavy' },
    },
    wetness: {
      label: 'Wetness',
      low: 'dry ground',
      high: 'puddles',
      more: 'wetter',
      less: 'drier',
      words: {
        dryGround: 'dry ground',
        damp: 'damp',
        wet: 'wet',
        puddlesHereAndThere: 'puddles here and there',
        puddles: 'puddles',
      },
      hint: 'How many near drops fall into water.',
    },
    nearness: {
      label: 'Nearness',
      low: 'far away',
      high: 'all around you',
      more: 'nearer',
      less: 'farther off',
      words: {
        farAway: 'far away',
        acrossTheGarden: 'across the garden',
        outsideTheWindow: 'outside the window',
        near: 'near',
        allAroundYou: 'all around you',
      },
    },
  },
} as const;
