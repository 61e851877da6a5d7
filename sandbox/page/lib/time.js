import { store } from "./store.js";

/** Discord's timestamp formats, and clocks that keep ticking; in the language that the person's Discord speaks. */

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

/** @param {Date} date @param {string} style one of Discord's letters; R is relative */
export function formatTime(date, style = "f") {
  if (style === "R") return relative(date);
  return new Intl.DateTimeFormat(store.locale, STYLES[style] ?? STYLES.f).format(date);
}

const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

function relative(date) {
  const seconds = Math.round((date.getTime() - Date.now()) / 1000);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(store.locale, { numeric: "always" }).format(Math.trunc(seconds / size), unit);
}

/** "Today at 14:03", "Yesterday at 9:12", or a date. @param {Date} date */
export function messageTime(date) {
  const days = Math.round((startOfDay(new Date()) - startOfDay(date)) / 86_400_000);
  const clock = formatTime(date, "t");
  if (days === 0) return `Today at ${clock}`;
  if (days === 1) return `Yesterday at ${clock}`;
  return `${formatTime(date, "d")} ${clock}`;
}

const startOfDay = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

setInterval(() => {
  for (const element of document.querySelectorAll("time[data-relative]")) {
    element.textContent = relative(new Date(element.getAttribute("datetime")));
  }
}, 1000);
