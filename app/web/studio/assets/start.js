// Shows the page that the address names.

import { findAccount } from "./account.js";
import { followLinks, pageAt } from "./address.js";
import { frame } from "./frame.js";
import { failure } from "./parts/failure.js";
import { render } from "./vendor/lit-html.js";
import { t } from "./words.js";

/** Each is fetched when it is first shown. */
const PAGES = {
  new: async () => (await import("./pages/new.js")).NewPage,
  lecture: async () => (await import("./pages/lecture.js")).LecturePage,
  lectures: async () => (await import("./pages/lectures.js")).LecturesPage,
  library: async () => (await import("./pages/library.js")).LibraryPage,
  service: async () => (await import("./pages/service.js")).ServicePage,
  missing: async () => (await import("./pages/missing.js")).MissingPage,
};

/** Those that have been fetched: going to one of them, or speaking another language, takes no time. */
const fetched = new Map();

let shown = null;
let latest = 0;

async function kindOf(name) {
  if (!fetched.has(name)) fetched.set(name, await PAGES[name]());
  return fetched.get(name);
}

async function show() {
  const { name, parts } = pageAt(location.pathname);
  const mine = ++latest;
  shown?.close(); // what is still seen of it is not drawn any more
  const Kind = await kindOf(name).catch(() => null);
  if (mine !== latest) return; // somebody has gone elsewhere meanwhile
  showFrame();
  const main = document.querySelector("main");
  render(Kind ? null : failure({ message: t("problem.page") }, () => location.reload()), main);
  shown = Kind && new Kind(...parts);
  shown?.open(main);
}

/** The head alone, and what the browser calls the page; a page may call itself something else. */
function showFrame() {
  const { name } = pageAt(location.pathname);
  render(frame(name), document.body);
  const title = t(`nav.${name}`);
  document.title = title ? `${title} – ${t("app.name")}` : t("app.name");
}

/** Whoever is here may have signed in, or out. */
async function showAccount() {
  if (await findAccount()) render(frame(pageAt(location.pathname).name), document.body);
}

followLinks();
addEventListener("videolecture:page", show);
addEventListener("videolecture:look", () => render(frame(pageAt(location.pathname).name), document.body));
addEventListener("videolecture:signed-in", showAccount);
show();
showAccount();
