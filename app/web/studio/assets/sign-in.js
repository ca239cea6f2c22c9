// Asks for a key over whatever page is shown, which stays as it is.

import { at } from "./address.js";
import { language, t } from "./words.js";
import { html, nothing, render } from "./vendor/lit-html.js";

let asking = null;

/** Returns when somebody has signed in; whoever asks meanwhile waits for the same. */
export function signIn() {
  asking ??= ask().finally(() => (asking = null));
  return asking;
}

/** Forget who has signed in. */
export async function signOut() {
  await fetch(at("/v1/session"), { method: "DELETE", headers: own() });
  location.assign(at("/"));
}

function own() {
  return { "X-Requested-With": "Studio", "Accept-Language": language() };
}

function ask() {
  const place = document.createElement("div");
  document.body.append(place);
  let said = "";
  return new Promise((done) => {
    const draw = () => render(view(said, send), place);
    async function send(event) {
      event.preventDefault();
      said = await failureOf(new FormData(event.target).get("key").trim());
      draw();
      if (said) return place.querySelector("input").focus();
      place.remove();
      done();
      dispatchEvent(new Event("videolecture:signed-in"));
    }
    draw();
    const dialog = place.querySelector("dialog");
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.showModal();
  });
}

/** Why a key does not do; empty when it does. */
async function failureOf(key) {
  try {
    const headers = { ...own(), "Content-Type": "application/json" };
    const body = JSON.stringify({ key });
    const answer = await fetch(at("/v1/session"), { method: "POST", headers, body });
    if (answer.ok) return "";
    return t(answer.status === 429 ? "signin.later" : "signin.wrong");
  } catch {
    return t("problem.network");
  }
}

function view(said, send) {
  return html`
    <dialog class="sign-in" aria-labelledby="sign-in-title">
      <form @submit=${send}>
        <h2 id="sign-in-title">${t("signin.title")}</h2>
        <p>${t("signin.how")}</p>
        <label>
          ${t("signin.key")}
          <input
            name="key"
            type="password"
            autocomplete="current-password"
            required
            aria-invalid=${said ? "true" : "false"}
            aria-describedby=${said ? "sign-in-said" : nothing}
          />
        </label>
        ${said ? html`<p class="failure" id="sign-in-said" role="alert">${said}</p>` : nothing}
        <button class="primary">${t("signin.go")}</button>
      </form>
    </dialog>
  `;
}
