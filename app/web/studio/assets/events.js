// What happens to a lecture, as it happens.

import { at } from "./address.js";

const KINDS = ["progress", "fragment", "slide", "done", "failed", "cancelled"];
const ENDS = ["done", "failed", "cancelled"];

/**
 * Follow a lecture. The browser comes back by itself when the connection breaks, with the number
 * of the last event.
 *
 * @param {{told: (kind: string, event: object) => void, ended: () => void}} hearer
 * @returns {() => void} which ends it
 */
export function follow(id, { told, ended }) {
  const source = new EventSource(at(`/v1/lectures/${id}/events`));
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => {
      told(kind, JSON.parse(event.data));
      if (ENDS.includes(kind)) {
        source.close();
        ended();
      }
    });
  }
  return () => source.close();
}
