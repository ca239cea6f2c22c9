// How much is stored, and how much may be.

import { bytes, count } from "./amounts.js";
import { gauge, isNearlyFull } from "./gauge.js";
import { t } from "../words.js";
import { html, nothing } from "../view.js";

const KINDS = ["avatars", "voices", "recordings", "uploads", "lectures"];

/** What `GET /v1/usage` tells. */
export function usage(told) {
  const { lectures, lectures_allowed: most } = told;
  return html`
    ${told.bytes_allowed === null
      ? html`<p><strong>${t("usage.used", { size: bytes(told.bytes) })}</strong></p>`
      : bounded(told.bytes, told.bytes_allowed)}
    <dl class="facts">
      ${KINDS.map(
        (kind) => html`
          <div>
            <dt>${t(`usage.${kind}`)}</dt>
            <dd>${amount(kind, told[kind])}</dd>
          </div>
        `,
      )}
    </dl>
    ${most === null
      ? nothing
      : html`<p>${t("usage.lectures.most", { number: count(lectures.number), most: count(most) })}</p>`}
    <p class="hint">${t("usage.hint")}</p>
  `;
}

function bounded(used, allowed) {
  const said = t("usage.bounded", { size: bytes(used), most: bytes(allowed) });
  return html`
    <p><strong>${said}</strong></p>
    ${gauge({ used, most: allowed, label: t("usage.meter"), said })}
    ${isNearlyFull(used, allowed) ? html`<p>${t("usage.nearly")}</p>` : nothing}
  `;
}

function amount(kind, { number, bytes: held }) {
  if (!number) return count(0);
  const size = kind === "lectures" ? t("usage.about", { size: bytes(held) }) : bytes(held);
  return `${count(number)} (${size})`;
}
