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
