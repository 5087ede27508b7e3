// Software tan, atan2, pow, tanh, for voices and space only: `pow` alone brings a table of 4 kB.

export function tan(x: f64): f64 {
  return Math.tan(x);
}
export function atan2(y: f64, x: f64): f64 {
  return Math.atan2(y, x);
}
export function pow(x: f64, y: f64): f64 {
  return Math.pow(x, y);
}
export function tanh(x: f64): f64 {
  return Math.tanh(x);
}
