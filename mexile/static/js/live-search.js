// <live-search> around a GET form and the element that holds its results ([data-results]): while someone types,
// the same page is asked for again and its results take the place of the old ones. Nothing is kept in the
// address bar, because what is typed may be a name. Without this element the form is sent with its button.
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
    const url = new URL(this.form.action);
    url.search = new URLSearchParams(new FormData(this.form));
    const results = () => this.querySelector("[data-results]");
    try {
      const answer = await fetch(url, { signal: this.flight.signal, headers: { "X-Live-Search": "1" }, credentials: "same-origin" });
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
