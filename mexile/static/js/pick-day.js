// <pick-day label="Choose a day"> around a field in which one types a day: a button beside it opens the browser's own
// calendar, which writes the day into the field as the page writes days. Without script, or without a calendar, one types.
const ICON = `<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path d="M2.5 4.5h13v11h-13zM2.5 8h13M6 2v4M12 2v4"></path></svg>`;

customElements.define("pick-day", class extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    if (field.readOnly || this.querySelector("button") || !("showPicker" in field)) return;
    const day = document.createElement("input");
    Object.assign(day, { type: "date", tabIndex: -1, ariaHidden: "true", ariaLabel: this.getAttribute("label") });
    day.value = this.getAttribute("day") ?? "";
    const button = document.createElement("button");
    Object.assign(button, { type: "button", innerHTML: ICON, title: this.getAttribute("label") });
    button.setAttribute("aria-label", `${this.getAttribute("label")}: ${field.labels[0]?.firstChild.textContent.trim() ?? ""}`);
    button.addEventListener("click", () => day.showPicker());
    // The calendar tells of itself to nobody; what counts is what it writes into the field.
    day.addEventListener("input", (event) => event.stopPropagation());
    day.addEventListener("change", (event) => {
      event.stopPropagation();
      field.value = day.value && this.written(new Date(`${day.value}T12:00`));
      for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
      field.focus();
    });
    this.append(day, button);
  }

  written(day) {
    const month = day.toLocaleDateString(document.documentElement.lang === "es" ? "es-MX" : "en-US", { month: "short" });
    return `${day.getDate()} ${month.replace(".", "")} ${day.getFullYear()}`;
  }
});
