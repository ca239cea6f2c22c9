// What could be better about a picture or a recording, in the language of whoever reads it.

import { t } from "../words.js";
import { html, nothing } from "../view.js";

/** Sentences of the service, and the names of the same in the catalogues. */
const KNOWN = [
  [/^the face is small: (?<pixels>\d+) pixels wide; (?<good>\d+) are good$/, "warning.small"],
  [/^the face is turned (?<degrees>\d+) degrees to the left; up to \d+ are good$/, "warning.left"],
  [/^the face is turned (?<degrees>\d+) degrees to the right; up to \d+ are good$/, "warning.right"],
  [/^the head is tilted by (?<degrees>\d+) degrees; up to \d+ are good$/, "warning.tilted"],
  [/^the face is dark: its brightest parts reach \d+% of white; more light helps$/, "warning.dark"],
  [/^the face is bright: (?<share>\d+)% of it is white without any detail$/, "warning.bright"],
  [/^the face is soft: its eyes have no sharp edges$/, "warning.soft"],
  [/^the speech is only -?\d+ dB above .+, so the voice may be met less well$/, "warning.noise"],
  [/^the speech is only -?\d+ dB above .+, so the voice will hardly be met$/, "warning.drowned"],
  [/^there are only (?<seconds>[\d.]+) s of speech, .+; 10 s are enough$/, "warning.short"],
  [/^nobody is heard to speak in it: the lips follow whatever sounds$/, "warning.nobody"],
  [/^the speech is only -?\d+ dB above .+: lips and captions may miss some of it$/, "warning.missed"],
];

/** A list of them; `good` is said where there are none. */
export function warnings(told, good) {
  if (!told.length) return good ? html`<p class="all-well">${good}</p>` : nothing;
  return html`
    <ul class="warnings">
      ${told.map(one)}
    </ul>
  `;
}

function one(sentence) {
  for (const [pattern, name] of KNOWN) {
    const found = pattern.exec(sentence);
    if (found) return html`<li>${t(name, found.groups)}</li>`;
  }
  return html`<li lang="en">${sentence}</li>`; // a new one: better so than not at all
}
