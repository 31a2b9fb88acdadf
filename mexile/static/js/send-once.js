// A form is sent once: while its answer is on the way its buttons rest. The server, too, answers a form
// sent twice with the first result; this only spares the second request.
export function sendOnce(page) {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
    form.setAttribute("aria-busy", "true");
  });
  // The back button brings the page as it was left; it may be sent again. So may a form whose answer was a file.
  const wake = () => {
    for (const form of page.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
      for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
    }
  };
  addEventListener("pageshow", wake);
  addEventListener("focus", wake);
}
