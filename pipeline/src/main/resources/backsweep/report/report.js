"use strict";
{
  const table = document.getElementById("networks");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);

  const value = (row, column) => row.cells[column].dataset.value ?? "";
  const isNumber = (text) => text !== "" && Number.isFinite(Number(text));

  // Numbers by value, texts by letters, what is unknown always last.
  const compare = (one, other, sign) => {
    if (one === "" || other === "") {
      return (one === "") - (other === "");
    }
    return sign * (isNumber(one) && isNumber(other)
      ? Number(one) - Number(other)
      : one.localeCompare(other, "en"));
  };

  table.querySelectorAll("thead button").forEach((button, column) => {
    button.addEventListener("click", () => {
      const head = button.parentElement;
      const isAscending = head.getAttribute("aria-sort") !== "ascending";
      table.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", isAscending ? "ascending" : "descending");
      const sign = isAscending ? 1 : -1;
      rows.sort((one, other) => compare(value(one, column), value(other, column), sign));
      body.append(...rows);
    });
  });

  const filter = document.getElementById("filter");
  const figures = Array.from(document.querySelectorAll(".multiples figure"));
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    const shown = new Set();
    for (const row of rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      if (!row.hidden) {
        shown.add(value(row, 0));
      }
    }
    for (const figure of figures) {
      figure.hidden = !shown.has(figure.dataset.network);
    }
    const count = rows.filter((row) => !row.hidden).length;
    document.getElementById("shown").textContent = `${count} of ${rows.length} networks`;
  });

  // One hint beside the pointer; the browser's own, which comes late, is held back meanwhile.
  const hint = document.getElementById("hint");
  let told = null;
  const place = (event) => {
    const x = Math.min(event.clientX + 14, innerWidth - hint.offsetWidth - 8);
    const y = Math.min(event.clientY + 14, innerHeight - hint.offsetHeight - 8);
    hint.style.left = `${Math.max(0, x)}px`;
    hint.style.top = `${Math.max(0, y)}px`;
  };
  const hide = () => {
    if (told) {
      told.textContent = hint.textContent;
      told = null;
    }
    hint.hidden = true;
  };
  document.addEventListener("pointerover", (event) => {
    hide();
    told = event.target.closest?.(".hover")?.querySelector("title") ?? null;
    if (told) {
      hint.textContent = told.textContent;
      told.textContent = "";
      hint.hidden = false;
      place(event);
    }
  });
  document.addEventListener("pointermove", (event) => {
    if (told) {
      place(event);
    }
  });
  document.documentElement.addEventListener("pointerleave", hide);
  addEventListener("scroll", hide, { passive: true });

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    closed.forEach((details) => (details.open = true));
  });
  addEventListener("afterprint", () => closed.forEach((details) => (details.open = false)));
}
