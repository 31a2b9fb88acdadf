// A form is sent once: while its answer is on the way its buttons rest. The server, too, answers a form sent
// twice with the first result; this only spares the second request. What takes longer says so.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  form.wait = setTimeout(() => {
    const said = Object.assign(document.createElement("p"), { className: "busy", textContent: document.body.dataset.busy });
    said.setAttribute("role", "status");
    form.append(said);
  }, 700);
});

// The back button brings the page as it was left; it may be sent again. So may a form whose answer was a file.
function wake() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
    clearTimeout(form.wait);
    form.querySelector(".busy")?.remove();
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  }
}
addEventListener("pageshow", wake);
addEventListener("focus", wake);

// A page that came back with problems starts there, for a screen reader and for the eye.
document.getElementById("problems")?.focus();
