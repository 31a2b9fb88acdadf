// <live-search> around a form and the element that holds its results ([data-results]): while someone types, the
// form is sent and its results take the place of the old ones. Nothing stands in an address, because what is typed
// may be a name. Without this element the form is sent with its button.
// [data-said], of another form, always holds what is typed: that form may be sent before an answer is back.
const REST = 180;

class LiveSearch extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form?.addEventListener("input", () => {
      clearTimeout(this.wait);
      const said = this.querySelector("[data-said]");
      if (said) said.value = this.form.querySelector('[type="search"]').value;
      this.wait = setTimeout(() => this.search(), REST);
    });
  }

  async search() {
    this.flight?.abort();
    this.flight = new AbortController();
    const body = new URLSearchParams(new FormData(this.form));
    const results = () => this.querySelector("[data-results]");
    try {
      const answer = await fetch(this.form.action, { method: "POST", body, signal: this.flight.signal, headers: { "X-Live-Search": "1" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-results]");
      if (fresh) results().replaceChildren(...fresh.childNodes);
    } catch (error) {
      if (error.name !== "AbortError") this.form.removeAttribute("aria-busy");
    }
  }
}

customElements.define("live-search", LiveSearch);
