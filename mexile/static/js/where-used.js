// htmx is fetched only by a page that uses it, when the page itself is there.
const script = document.querySelector("script[data-htmx]");
addEventListener("load", () => {
  if (!document.querySelector("[hx-get], [hx-post]")) return;
  document.head.append(Object.assign(document.createElement("script"), { src: script.dataset.htmx }));
});
