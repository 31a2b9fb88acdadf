// <give-sum data-once="Give {sum}" data-month="Give {sum} a month"> around the button of the giving form: the button
// says the sum. Words come from the page. Writing another amount chooses "other" by itself.
class GiveSum extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.button = this.querySelector("button");
    this.plain = this.button.textContent;
    this.form.addEventListener("input", (event) => this.say(event.target));
    this.form.addEventListener("change", () => this.say());
    this.say();
  }

  say(changed) {
    const { other, every } = this.form.elements;
    const choices = [...this.form.querySelectorAll("input[name=amount]")];
    const last = choices.at(-1);
    if (changed === other && other.value.trim()) last.checked = true;
    const chosen = choices.find((choice) => choice.checked);
    const cents = chosen === last ? this.read(other.value) : this.read(chosen?.closest("label").textContent ?? "");
    const words = every.value === "month" ? this.dataset.month : this.dataset.once;
    this.button.textContent = cents ? words.replace("{sum}", this.write(this.charged(cents))) : this.plain;
  }

  // "50", "50,25", "1,000.50" and "1.000,50" as the form reads them; nothing where it would ask, as of "1.000".
  read(text) {
    const body = text.trim().replace(/^(US)?\$\s*/, "");
    const spelled = /^(\d{1,6}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d{1,2}))?$/.exec(body);
    const found = spelled ?? /^(\d{1,6}|[1-9]\d{0,2}(?:\.\d{3})+(?=,))(?:,(\d{1,2}))?$/.exec(body);
    return found && Number(found[1].replace(/[.,]/g, "")) * 100 + Number((found[2] ?? "").padEnd(2, "0"));
  }

  // With the fee on top where the donor adds it, to the cent that the form comes to.
  charged(cents) {
    const { permille, fixed } = this.dataset;
    return this.form.elements.cover.checked ? Math.ceil(((cents + Number(fixed)) * 1000) / (1000 - permille)) : cents;
  }

  write(cents) {
    const rest = cents % 100 ? "." + String(cents % 100).padStart(2, "0") : "";
    return "$" + Math.floor(cents / 100).toLocaleString("en-US") + rest;
  }
}

customElements.define("give-sum", GiveSum);
