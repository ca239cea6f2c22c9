// Shows the page that the address names.

import { followLinks, pageAt } from "./address.js";
import { frame } from "./frame.js";
import { LecturePage } from "./pages/lecture.js";
import { LecturesPage } from "./pages/lectures.js";
import { MissingPage } from "./pages/missing.js";
import { NewPage } from "./pages/new.js";
import { render } from "./vendor/lit-html.js";

const PAGES = { new: NewPage, lecture: LecturePage, lectures: LecturesPage };

let shown = null;

function show() {
  const { name, parts } = pageAt(location.pathname);
  const Kind = PAGES[name] || MissingPage;
  shown?.close();
  render(frame(name), document.body);
  const main = document.querySelector("main");
  render(null, main);
  shown = new Kind(...parts);
  shown.open(main);
}

followLinks();
addEventListener("videolecture:page", show);
show();
