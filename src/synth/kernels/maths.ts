// Software sin, cos, exp, log (AssemblyScript's own, exact arithmetic): the same bits in every engine.
// These four are all the page needs; tan, atan2, pow and tanh are in mathsOfVoices.ts.

export function sin(x: f64): f64 {
  return Math.sin(x);
}
export function cos(x: f64): f64 {
  return Math.cos(x);
}
export function exp(x: f64): f64 {
  return Math.exp(x);
}
export function log(x: f64): f64 {
  return Math.log(x);
}
