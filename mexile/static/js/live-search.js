// <live-search> around a form and the element that holds its results ([data-results]): while someone types, the
// form is sent and its results take the place of the old ones. Nothing stands in an address, because what is typed
// may be a name. Without this element the form is sent with its button.
// [data-find]: the search of the shell. [data-said], of another form, always holds what is typed: that form may be sent before an answer is back.
const REST = 180;

class LiveSearch extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.addEventListener("keydown", (event) => this.pressed(event));
    if (this.dataset.find !== undefined) addEventListener("keydown", this.shortcut = (event) => this.called(event));
    this.form?.addEventListener("input", () => {
      clearTimeout(this.wait);
      const said = this.querySelector("[data-said]");
      if (said) said.value = this.form.querySelector('[type="search"]').value;
      this.wait = setTimeout(() => this.search(), REST);
    });
  }

  disconnectedCallback() {
    if (this.shortcut) removeEventListener("keydown", this.shortcut);
  }

  // Ctrl+K, or Cmd+K, leads into the search of the shell from anywhere.
  called(event) {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    this.form.querySelector('[type="search"]').select();
  }

  // Arrows go through what was found, Enter in the field opens the first, Escape goes back to the page.
  pressed(event) {
    const found = [...this.querySelectorAll("[data-results] a")];
    const field = this.form.querySelector('[type="search"]');
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const at = found.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      (found[at] ?? field).focus();
      event.preventDefault();
    } else if (event.key === "Enter" && event.target === field && this.dataset.find !== undefined && this.shown === field.value && found.length) {
      event.preventDefault();
      found[0].click();
    } else if (event.key === "Escape" && this.dataset.find !== undefined) {
      field.value = "";
      this.querySelector("[data-results]").replaceChildren();
      document.activeElement.blur();
    }
  }

  async search() {
    this.flight?.abort();
    this.flight = new AbortController();
    const body = new URLSearchParams(new FormData(this.form));
    const results = () => this.querySelector("[data-results]");
    try {
      const answer = await fetch(this.form.action, { method: "POST", body, signal: this.flight.signal, headers: { "X-Live-Search": "1" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      this.shown = body.get("q");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-results]");
      if (fresh) results().replaceChildren(...fresh.childNodes);
    } catch (error) {
      if (error.name !== "AbortError") this.form.removeAttribute("aria-busy");
    }
  }
}

customElements.define("live-search", LiveSearch);
