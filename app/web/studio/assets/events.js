// What happens to a lecture, as it happens.

import { at } from "./address.js";

const KINDS = ["progress", "fragment", "slide", "done", "failed", "cancelled"];
const ENDS = ["done", "failed", "cancelled"];

/**
 * Follow a lecture. The browser comes back by itself when the connection breaks, with the number
 * of the last event.
 *
 * @param {{told: (kind: string, event: object) => void, ended: () => void, lost?: () => void,
 *   found?: () => void, refused?: () => void}} hearer `lost` is told when the connection breaks and
 *   `found` when it is there; `refused` when the service does not go on: then nothing more comes
 * @returns {() => void} which ends it
 */
export function follow(id, { told, ended, lost, found, refused }) {
  const source = new EventSource(at(`/v1/lectures/${id}/events`));
  source.onopen = () => found?.();
  source.onerror = () => (source.readyState === EventSource.CLOSED ? refused : lost)?.();
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
