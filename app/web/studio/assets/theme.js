// Light or dark, as the system has it or as somebody chose.

const KEPT = "videolecture.theme";
const THEMES = ["auto", "light", "dark"];

let chosen = localStorage.getItem(KEPT);
if (!THEMES.includes(chosen)) chosen = "auto";
document.documentElement.dataset.theme = chosen;

/** What is chosen. */
export function theme() {
  return chosen;
}

/** Choose the next one. */
export function nextTheme() {
  chosen = THEMES[(THEMES.indexOf(chosen) + 1) % THEMES.length];
  localStorage.setItem(KEPT, chosen);
  document.documentElement.dataset.theme = chosen;
  dispatchEvent(new Event("videolecture:look"));
}
