// Who is signed in, where a key is needed.

import { at } from "./address.js";
import { clearKept } from "./draft.js";
import { signOut } from "./sign-in.js";
import { html, nothing } from "./vendor/lit-html.js";
import { t } from "./words.js";

let session = null;

/** Find out; returns whether there is something to show. */
export async function findAccount() {
  try {
    const answer = await fetch(at("/v1/session"), { headers: { "X-Requested-With": "Studio" } });
    session = answer.ok ? await answer.json() : null;
  } catch {
    session = null; // whatever the page asks next says so
  }
  return Boolean(session?.signed_in);
}

/** Whether whoever is here may do something: `read`, `render` or `admin`. */
export function may(scope) {
  return !session || session.needs_key || session.scopes.includes(scope);
}

/** A button to leave by; nothing where nobody has signed in. */
export function account() {
  if (!session?.signed_in) return nothing;
  const leave = () => {
    clearKept();
    signOut();
  };
  const said = t("signin.leave.name", { name: session.name });
  return html`
    <button type="button" class="plain" aria-label=${said} title=${said} @click=${leave}>
      ${t("signin.leave")}
    </button>
  `;
}
