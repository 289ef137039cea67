// Offers places while one types: the combobox with a list of the ARIA practices (1.2). Without
// this script the field is plain text, and the server asks which place is meant.
"use strict";

const PAUSE_MS = 120;

function combobox(input) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let options = [];
  let chosen = -1;
  let timer;
  let asking;

  list.id = input.id + "-places";
  list.className = "offered";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.list);
  status.className = "hidden";
  status.setAttribute("role", "status");
  input.after(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("autocomplete", "off");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  function close() {
    clearTimeout(timer);
    if (asking) asking.abort();
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function show(found) {
    options = found.options;
    status.textContent = found.status;
    list.replaceChildren(...options.map((option, number) => {
      const item = document.createElement("li");
      item.id = list.id + "-" + number;
      item.textContent = option.label;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.addEventListener("pointerdown", (event) => event.preventDefault());
      item.addEventListener("click", () => take(number));
      return item;
    }));
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  async function ask() {
    const typed = input.value.trim();
    if (typed.length < 2) return close();
    asking = new AbortController();
    const query = new URLSearchParams({ q: typed, lang: document.documentElement.lang.slice(0, 2) });
    try {
      const answer = await fetch(input.dataset.places + "?" + query, { signal: asking.signal });
      if (answer.ok && document.activeElement === input) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function move(to) {
    const items = list.children;
    if (chosen >= 0) items[chosen].setAttribute("aria-selected", "false");
    chosen = (to + items.length) % items.length;
    items[chosen].setAttribute("aria-selected", "true");
    items[chosen].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[chosen].id);
  }

  function take(number) {
    input.value = options[number].value;
    status.textContent = options[number].label;
    close();
    input.focus();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (asking) asking.abort();
    timer = setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      close();
    } else if (event.key === "ArrowDown" && list.hidden) {
      ask();
    } else if (event.key === "ArrowDown") {
      move(chosen + 1);
    } else if (event.key === "ArrowUp" && !list.hidden) {
      move(chosen < 0 ? -1 : chosen - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      take(chosen);
    } else {
      return;
    }
    event.preventDefault();
  });
}

document.querySelectorAll("input[data-places]").forEach(combobox);
