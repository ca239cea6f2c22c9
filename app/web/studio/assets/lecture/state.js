// What state a lecture and its parts are in, and what an event says of it.

const OPEN = ["queued", "running", "cancelling"];

/** Whether a lecture is still being made. */
export function isOpen({ state }) {
  return OPEN.includes(state);
}

/** Whether an LMS has asked for it: such a lecture is not changed and not removed here. */
export function isOfLms({ id }) {
  return id.startsWith("lms-");
}

/** Take in what an event tells of a lecture, in a list or with its slides. */
export function take(lecture, event) {
  if (event.progress !== null) lecture.progress = event.progress;
  lecture.eta_seconds = event.eta_seconds;
  if (!event.stage) {
    if (OPEN.includes(event.state)) lecture.state = event.state;
    return;
  }
  if (lecture.state === "queued") lecture.state = "running";
  lecture.stage = { kind: event.stage, number: event.fragment ?? event.slide ?? 0 };
  for (const slide of lecture.slides || []) mark(slide, event);
}

function mark(slide, { stage, state, slide: number, fragment }) {
  if (stage === "slide" && slide.number === number) slide.state = state;
  const found = slide.fragments.find((each) => each.number === fragment);
  if (found) found.steps[stage] = state;
}

/** Whether a fragment can be seen. */
export function isDone({ steps }) {
  return Object.values(steps).every((state) => state === "done");
}

/** The state of a fragment, of those of its steps. */
export function stateOf({ steps }) {
  const states = Object.values(steps);
  if (isDone({ steps })) return "done";
  for (const state of ["failed", "cancelled", "running"]) {
    if (states.includes(state)) return state;
  }
  return states.includes("done") ? "running" : "queued";
}

/** How many fragments a lecture has, and how many of them can be seen. */
export function counted({ slides }) {
  const fragments = slides.flatMap((each) => each.fragments);
  return { total: fragments.length, done: fragments.filter(isDone).length };
}
