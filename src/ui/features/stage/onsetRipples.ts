// Onsets made visible: a soft ring spreads where the sound is, when it is heard. A fixed pool of circles; the browser animates.
import type { OnsetReport } from '../../../audio/types.ts';
import { pointAt, radiusAt } from './geometry.ts';

const POOL = 24;
const SVG = 'http://www.w3.org/2000/svg';
const MILLISECONDS = 1000;
/** Stage units. */
const SMALLEST = 0.035;
const GROWTH = 0.06;
const FLASH_MS = 420;

export class Ripples {
  readonly #circles: SVGCircleElement[] = [];
  #next = 0;

  constructor(group: SVGGElement) {
    for (let i = 0; i < POOL; i++) {
      const circle = document.createElementNS(SVG, 'circle');
      circle.classList.add('ripple');
      group.append(circle);
      this.#circles.push(circle);
    }
  }

  /** `hue`: the layer's class. Harder onsets spread wider and last longer (600…900 ms). */
  show(onset: OnsetReport, hue: number): void {
    const circle = this.#circles[this.#next % POOL];
    this.#next += 1;
    if (!circle) return;
    const { x, y } = pointAt(onset.azimuthDeg, radiusAt(onset.distanceM));
    const strength = Math.min(1, Math.max(0, onset.strength));
    circle.setAttribute('cx', x.toFixed(4));
    circle.setAttribute('cy', y.toFixed(4));
    circle.setAttribute('r', (SMALLEST + GROWTH * (0.35 + 0.65 * strength)).toFixed(4));
    circle.setAttribute('class', `ripple hue-${String(hue)}`);
    circle.animate(
      [
        { transform: 'scale(0.3)', opacity: 0.25 + 0.55 * strength },
        { transform: 'scale(1)', opacity: 0 },
      ],
      {
        duration: 600 + 300 * strength,
        delay: Math.max(0, onset.delaySec) * MILLISECONDS,
        easing: 'cubic-bezier(0.1, 0.6, 0.3, 1)',
      },
    );
  }

  /** Without motion: the mark itself brightens for a moment, where it stands. */
  static flash(mark: Element, onset: OnsetReport): void {
    mark.animate([{ opacity: 0.55 + 0.45 * onset.strength }, { opacity: 0.3 }], {
      duration: FLASH_MS,
      delay: Math.max(0, onset.delaySec) * MILLISECONDS,
      easing: 'steps(3, end)',
    });
  }
}
