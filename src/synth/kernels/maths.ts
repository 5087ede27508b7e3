// Software maths for the control code: AssemblyScript's own, exact arithmetic only, so the same bits in every engine.
// These four are all the page asks for; what only voices need is in mathsOfVoices.ts.

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
