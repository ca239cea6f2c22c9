// A slide is to say something else: what it was is kept first, to be watched and compared.

import { call } from "../api.js";
import { Former } from "./former.js";
import { isOpen } from "./state.js";

/**
 * Change the text of a slide. What is being made at the moment goes into the new generation.
 *
 * @param {object} page the page of the lecture
 * @param {{number: number, text: string, tag: string}} asked
 * @throws {Problem} 412: somebody else has changed the lecture since `tag`
 */
export async function change(page, { number, text, tag }) {
  const before = page.former;
  const isNew = Boolean(page.manifest) && (!before || page.lecture.state === "done");
  const former = isNew ? new Former(page.id, page.manifest) : before;
  await former?.keep(number, page.cancelled.signal);
  // The player lets go of files that are gone as soon as the service is told.
  put(page, { former, isSaving: true });
  const path = `/lectures/${page.id}${isOpen(page.lecture) ? "?supersede=true" : ""}`;
  const asked = { json: { slides: [{ number, text }] }, headers: { "If-Match": tag } };
  try {
    const answer = await call("PATCH", path, asked);
    if (isNew) before?.free();
    page.compare.slide = null;
    page.set({ acted: null, isSaving: false });
    await page.show(answer);
  } catch (problem) {
    if (page.isSaving) {
      put(page, { former: before, isSaving: false });
      if (isNew) former.free();
    }
    throw problem;
  }
}

/** Put another video into the player, which goes on where it was. */
function put(page, values) {
  const { video } = page;
  page.set({ ...values, resume: video && { at: video.currentTime, plays: !video.paused } });
  queueMicrotask(() => {
    if (!video) return;
    if (video.isConnected) page.resume = null; // it is the same one
    else forget(video);
  });
}

/** Have nothing more fetched for it. */
function forget(video) {
  video.removeAttribute("src");
  video.load();
}
