// What a page does better with JavaScript, and never needs it for.
"use strict";

// The summary of faults takes the focus, so that it is read first.
const summary = document.getElementById("faults");
if (summary) summary.focus();

// Opens the closed sections around what an address points at.
function reveal() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", reveal);
reveal();

// Back leads to the form as it was sent; the browser itself keeps nothing of these pages.
for (const form of document.querySelectorAll("form[data-back]")) {
  form.addEventListener("submit", () => {
    history.replaceState(null, "", form.dataset.back + "?" + new URLSearchParams(new FormData(form)));
  });
}

// Counts the characters that are left, aloud only when the typing pauses.
for (const line of document.querySelectorAll("[data-count]")) {
  const field = document.getElementById(line.dataset.count);
  const status = document.getElementById(line.dataset.count + "-status");
  let pause;
  const count = () => {
    const left = Number(line.dataset.most) - field.value.length;
    line.textContent = (left < 0 ? line.dataset.over : line.dataset.left).replace("{number}", Math.abs(left));
    clearTimeout(pause);
    pause = setTimeout(() => { status.textContent = line.textContent; }, 1000);
  };
  field.addEventListener("input", count);
  if (field.value) count();
}

// Buttons that only a script can serve.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Shows what belongs to a choice only when that choice is made.
const chosen = (list) => list.split(" ").some((one) => {
  const [name, value] = one.split("=");
  return document.querySelector(`input[name="${name}"][value="${value}"]:checked`);
});
function follow() {
  for (const box of document.querySelectorAll(".when")) {
    const { when, unless } = box.dataset;
    box.hidden = Boolean(when !== undefined ? !chosen(when) : chosen(unless));
  }
}
document.addEventListener("change", follow);
addEventListener("pageshow", follow);
follow();

// Copies a text; the button is there only where that works.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", () => navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value).then(() => {
    document.getElementById(button.dataset.copy + "-status").textContent = button.dataset.copied;
  }));
}

// Warns before the session ends; the alert stands empty until then, so that it is read aloud.
const ends = document.querySelector("[data-warn-after]");
if (ends) setTimeout(() => { ends.firstElementChild.hidden = false; }, Number(ends.dataset.warnAfter) * 60000);
