// htmx is fetched where a page asks for something by itself, or, where something can be opened, with the first touch.
const script = document.querySelector("script[data-htmx]");
const used = (what) => document.querySelector(`:is([hx-get], [hx-post])${what}`);
const FIRST = ["pointerover", "pointerdown", "keydown"];

function fetched() {
  for (const kind of FIRST) removeEventListener(kind, fetched);
  const htmx = Object.assign(document.createElement("script"), { src: script.dataset.htmx });
  htmx.addEventListener("load", () => {
    for (const drawer of document.querySelectorAll("details[open][hx-get]")) window.htmx.trigger(drawer, "toggle");
  });
  document.head.append(htmx);
}

addEventListener("load", () => {
  if (used('[hx-trigger^="every"]')) fetched();
  else if (used("")) for (const kind of FIRST) addEventListener(kind, fetched, { passive: true });
});
