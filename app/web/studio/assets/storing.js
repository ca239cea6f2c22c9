// Files of one's own become stored faces, voices and recordings: small ones in one request, large ones
// in portions (tus), which go on where they stopped when the network was gone.

import { call, newKey, Problem } from "./api.js";

/** Where each goes, and the part of the form that it is. */
export const PLACES = {
  avatar: { path: "/avatars", part: "image" },
  voice: { path: "/voices", part: "sample" },
  recording: { path: "/recordings", part: "sound" },
};

const SMALL = 4_000_000;
const PORTION = 2_000_000;
const TRIES = 5;
const TUS = { "Tus-Resumable": "1.0.0" };

/** Uploads that have begun, by their files: trying again goes on with them. */
const begun = new WeakMap();

/**
 * Store a file.
 *
 * @param {"avatar" | "voice" | "recording"} kind
 * @param {File} file
 * @param {{name?: string, language?: string, signal?: AbortSignal, progress?: (share: number) => void}}
 *   [asked] `language` is what is spoken in a voice
 * @returns {Promise<{body: object}>} what was stored
 * @throws {Problem}
 */
export async function store(kind, file, { name, language, signal, progress = () => {} } = {}) {
  const { path, part } = PLACES[kind];
  if (file.size <= SMALL) {
    const form = new FormData();
    form.append(part, file, file.name);
    if (name) form.append("name", name);
    if (language) form.append("language", language);
    return call("POST", path, { form, key: newKey(), signal });
  }
  const upload = await send(file, { signal, progress });
  const json = { upload, name: name || file.name.replace(/\.[^.]*$/, "") || undefined, language };
  const stored = await call("POST", path, { json, key: newKey(), signal });
  await call("DELETE", `/uploads/${upload}`, { headers: TUS }).catch(() => {}); // or it expires
  begun.delete(file);
  return stored;
}

/** Send a file in portions; returns the upload's id. */
async function send(file, { signal, progress }) {
  const id = begun.get(file) ?? (await begin(file, signal));
  let offset = await offsetOf(id, signal).catch((problem) => {
    if (problem.status === 404) begun.delete(file); // it has expired: trying again begins anew
    throw problem;
  });
  let tries = 0;
  while (offset < file.size) {
    progress(offset / file.size);
    const headers = {
      ...TUS,
      "Content-Type": "application/offset+octet-stream",
      "Upload-Offset": String(offset),
    };
    const form = file.slice(offset, offset + PORTION);
    try {
      const { headers: told } = await call("PATCH", `/uploads/${id}`, { form, headers, signal });
      offset = Number(told.get("Upload-Offset"));
      tries = 0;
    } catch (problem) {
      const isGone = !(problem instanceof Problem) || (problem.status && problem.status < 500);
      if (isGone || ++tries >= TRIES) throw problem;
      await new Promise((done) => setTimeout(done, 500 * 2 ** tries));
      offset = await offsetOf(id, signal).catch(() => offset);
    }
  }
  progress(1);
  return id;
}

async function begin(file, signal) {
  const headers = { ...TUS, "Upload-Length": String(file.size) };
  const { headers: told } = await call("POST", "/uploads", { headers, signal });
  const id = told.get("Location").split("/").at(-1);
  begun.set(file, id);
  return id;
}

async function offsetOf(id, signal) {
  const { headers } = await call("HEAD", `/uploads/${id}`, { headers: TUS, signal });
  return Number(headers.get("Upload-Offset"));
}
