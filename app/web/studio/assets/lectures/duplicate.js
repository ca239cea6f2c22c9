// Another lecture like one that is there: its text, face, voice and wishes become a draft of their own.

import { go } from "../address.js";
import { read } from "../api.js";
import { keepDraft, leaveDraft } from "../draft.js";

/**
 * Open the page for a new lecture with what a lecture was made from. The draft that was open is kept
 * among the others.
 *
 * @throws {Problem}
 */
export async function duplicate(id, signal) {
  const source = await read(`/lectures/${id}/source`, { signal });
  const slides = await Promise.all(source.slides.map((each) => slideOf(each, signal)));
  leaveDraft();
  keepDraft(source.title, { ...draftOf(source), slides });
  go("/");
}

async function slideOf({ text, title, audio }, signal) {
  const recording = audio ? await read(`/recordings/${audio}`, { signal }) : null;
  return { text: text ?? "", title: title ?? "", recording };
}

function draftOf({ title, avatar, voice, ...source }) {
  const { slides: _slides, metadata: _metadata, size, preprocess, still, ...others } = source;
  const given = Object.entries({ ...others, ...(preprocess === "full" ? {} : { preprocess }) });
  return {
    title,
    chosen: { avatar, voice },
    options: { size, still, whole: preprocess === "full" },
    wishes: Object.fromEntries(given.filter(([, value]) => value !== null && value !== undefined)),
  };
}
