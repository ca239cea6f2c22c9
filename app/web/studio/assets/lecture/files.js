// Files of a lecture: where they are, and how one is taken into memory.

import { at } from "../address.js";

const MOST_SECONDS = 20;

/** The address of a file, as it is at any time. */
export function fileOf(id, name) {
  return at(`/v1/lectures/${id}/files/${name}`);
}

/** The same for a player, which must not take parts of a former generation for parts of this. */
export function fileAsMade({ id, started }, name) {
  return `${fileOf(id, name)}?${new URLSearchParams({ made: started })}`;
}

/**
 * The bytes of a file; null where it is not there, is larger than `room`, or takes too long.
 *
 * @param {number} room bytes
 * @returns {Promise<Blob | null>}
 */
export async function bytesOf(address, room, signal) {
  const late = AbortSignal.timeout(1000 * MOST_SECONDS);
  try {
    const answer = await fetch(address, {
      signal: AbortSignal.any([signal, late]),
      credentials: "same-origin",
    });
    const size = Number(answer.headers.get("Content-Length") ?? Infinity);
    if (answer.ok && size <= room) return await answer.blob();
    await answer.body?.cancel();
  } catch {
    // What cannot be kept is not kept: the page says so, and goes on.
  }
  return null;
}
