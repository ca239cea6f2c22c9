// How much of something is used.

import { html } from "../view.js";

/** The share from which on it is nearly full. */
const NEARLY = 0.9;

export function isNearlyFull(used, most) {
  return used >= NEARLY * most;
}

/**
 * A bar.
 *
 * @param {{used: number, most: number, label: string, said: string}} asked `said`: the same in words
 */
export function gauge({ used, most, label, said }) {
  return html`
    <meter
      class="gauge"
      min="0"
      max=${most}
      high=${NEARLY * most}
      optimum="0"
      value=${used}
      aria-label=${label}
      aria-valuetext=${said}
    ></meter>
  `;
}
