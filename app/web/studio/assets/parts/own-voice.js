// A voice of one's own, recorded here and stored.

import { call } from "../api.js";
import { store } from "../storing.js";
import { language, t } from "../words.js";
import { html } from "../view.js";
import { recordSound } from "./recorder.js";

const LEAST_SECONDS = 5;

/** Decibels of speech over noise, and seconds of speech: with less a voice is met less well. */
const CLEAR = 12;
const ENOUGH = 3;

/** What the service says of a recording that it refuses, in English alone; else nobody speaks in it. */
const REASONS = [
  [/is silent/, "silent"],
  [/drowned out/, "drowned"],
  [/s of speech/, "short"],
];

/**
 * A button that records a voice.
 *
 * @param {(voice: object) => void} stored is given the voice, as the API tells it
 */
export function voiceRecorder(stored) {
  const record = async () => {
    const voice = await recordVoice();
    if (voice) stored(voice);
  };
  return html`<button type="button" class="record" @click=${record}>${t("record.voice")}…</button>`;
}

function recordVoice() {
  const date = new Intl.DateTimeFormat(language(), { dateStyle: "long" }).format(new Date());
  const name = t("record.voice.name", { date });
  return recordSound({
    title: t("record.voice"),
    how: t("record.voice.how"),
    text: t("record.voice.text"),
    name,
    leastSeconds: LEAST_SECONDS,
    keep: (file, signal) => keep(file, { name, signal, language: language() }), // of what was read
    // Nobody waits for it, and what stays can be removed by hand.
    forget: (voice) => call("DELETE", `/voices/${voice.id}`).catch(() => {}),
  });
}

async function keep(file, asked) {
  try {
    const { body } = await store("voice", file, asked);
    return { value: body, advice: adviceOn(body.heard) };
  } catch (problem) {
    if (problem.code === "bad_voice_sample") throw new Error(refusal(problem.message));
    throw problem.status === 0 ? new Error(t("record.unreachable")) : problem;
  }
}

function refusal(told) {
  const [, reason] = REASONS.find(([pattern]) => pattern.test(told)) ?? [null, "speechless"];
  return t(`record.refused.${reason}`);
}

/** What could be better in a recording that is used all the same; empty when nothing. */
function adviceOn({ speech_seconds: speech, snr_db: clear, warnings }) {
  if (!warnings.length) return "";
  if (clear !== null && clear < CLEAR) return t("record.advice.noisy");
  return speech < ENOUGH ? t("record.advice.short") : warnings.join(" ");
}
