// The order in which links write a trigger's values.

function order(ids: string): readonly string[] {
  return ids.split(' ');
}

/**
 * Links of version 1. Frozen for ever, because links out there are read by it: never add, remove or reorder. What a trigger
 * learns later, and triggers that come later, are written with their names and need no place here.
 */
export const LINK_PARAMS_1: Readonly<Record<string, readonly string[]>> = {
  tapping: order(
    'softness brightness crispness pace steadiness surprise material size ring position hands table cavity rattle air',
  ),
  rustling: order(
    'softness brightness crispness pace steadiness surprise material gesture size density dampness settling sliding hush',
  ),
  brushing: order(
    'softness brightness crispness pace steadiness surprise tool speed pressure density rub catching handling air',
  ),
  softRain: order('softness brightness crispness pace steadiness surprise surface density size wetness nearness'),
  softNoise: order('softness brightness crispness pace steadiness surprise swell width'),
};
