// The wall: shows what the stream says. It asks for nothing and sends nothing.
import { clock, draw, scores, words } from "./curve.js";
import { begin as beginKiosk } from "./kiosk.js";
import { follow } from "./live.js";

const SPOKEN_EVERY = 10_000;
const MOST_DROPS = 4;
const HOUR = 60;
const plain = new Intl.NumberFormat();
const withSign = new Intl.NumberFormat(undefined, { signDisplay: "exceptZero" });
const still = matchMedia("(prefers-reduced-motion: reduce)");
const $ = (id) => document.getElementById(id);
let shown;
let speaking;

// A minus as wide as the plus, not a hyphen.
function signed(number) {
  return withSign.format(number).replace("-", "−");
}

function show(stats) {
  roll($("happy"), plain.format(stats.happy));
  roll($("sad"), plain.format(stats.sad));
  roll($("score"), signed(stats.score));
  const longest = Math.max(2, ...["happy", "sad", "score"].map((name) => $(name).textContent.length));
  document.querySelector(".counts").style.setProperty("--digits", longest);
  $("words").textContent = scoreInWords(stats);
  $("waiting").hidden = stats.waiting_for === 0;
  $("waiting").textContent = waitingWords(stats.waiting_for);
  document.title = stats.total ? `${signed(stats.score)} · Mood wall` : "Mood wall";
  if (shown) ["happy", "sad"].forEach((kind) => drop(kind, stats[kind] - shown[kind]));
  shown = stats;
  showDay(stats);
  speakSoon();
}

function showDay(stats) {
  document.documentElement.classList.toggle("empty", stats.total === 0);
  $("summary").textContent = stats.total
    ? `Updated ${clock(Date.parse(stats.updated_at))}. ${words(stats, signed)}`
    : "Nobody has said anything yet. Scan the code and be the first.";
  draw($("curve"), stats, signed);
  $("hours").replaceChildren(...hours(stats));
}

function scoreInWords({ happy, sad, score, total }) {
  if (total === 0) return "Nothing yet";
  if (score === 0) return `As many happy as sad: ${plain.format(happy)}`;
  const more = plain.format(Math.abs(score));
  return score > 0 ? `${more} more happy than sad` : `${more} more sad than happy`;
}

function waitingWords(people) {
  const who = people === 1 ? "one more person" : "two more people";
  return people ? `Waiting for ${who} so nobody is singled out` : "";
}

function hours(stats) {
  const { day } = stats;
  const { ends } = scores(stats);
  const steps = HOUR / day.step_minutes;
  const rows = [];
  for (let end = ends.length; end > 0; end -= steps) {
    const until = Date.parse(day.until) - (ends.length - end) * day.step_minutes * 60_000;
    const sum = (kind) => day[kind].slice(Math.max(0, end - steps), end).reduce((all, n) => all + n, 0);
    rows.push(
      row(`${clock(until - 3_600_000)}–${clock(until)}`, [
        plain.format(sum("happy")),
        plain.format(sum("sad")),
        signed(ends[end - 1]),
      ]),
    );
  }
  return rows;
}

function row(hour, figures) {
  const made = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = hour;
  const cells = figures.map((figure) => Object.assign(document.createElement("td"), { textContent: figure }));
  made.append(head, ...cells);
  return made;
}

function roll(place, text) {
  if (place.textContent === text) return;
  const next = document.createElement("span");
  next.textContent = text;
  next.className = shown ? "in" : "";
  place.replaceChildren(next);
}

function drop(kind, more) {
  if (still.matches || document.hidden) return;
  const picture = document.querySelector(`.count.${kind} img`);
  for (let n = 0; n < Math.min(more, MOST_DROPS); n += 1) setTimeout(fall, n * 110, picture);
}

function fall(picture) {
  const copy = picture.cloneNode();
  copy.className = "dropped";
  copy.style.left = `${picture.offsetLeft}px`;
  copy.style.top = `${picture.offsetTop}px`;
  copy.addEventListener("animationend", () => copy.remove());
  picture.classList.remove("nods");
  void picture.offsetWidth;
  picture.classList.add("nods");
  picture.after(copy);
}

// A screen reader hears the counts now and then, not at every click of a crowd.
function speakSoon() {
  speaking ??= setTimeout(() => {
    speaking = undefined;
    $("spoken").textContent = `${plain.format(shown.happy)} happy, ${plain.format(shown.sad)} sad. ${scoreInWords(shown)}.`;
  }, SPOKEN_EVERY);
}

function say(live) {
  const connection = $("connection");
  const text = live ? "Live" : "Reconnecting…";
  if (connection.textContent !== text) connection.textContent = text;
  connection.className = live ? "live" : "lost";
}

async function nameSender() {
  const { url } = await (await fetch("sender")).json();
  $("sender").href = url;
  const [host, path] = url.replace(/^https?:\/\//, "").replace(/\/$/, "").split(/(?<=\/)(.*)/s);
  $("sender").replaceChildren(...[host, path ?? ""].map(unbroken));
  $("code").alt = `QR code of ${url}`;
}

function unbroken(text) {
  return Object.assign(document.createElement("span"), { textContent: text });
}

beginKiosk();
nameSender().catch(() => undefined);
follow("live", show, say);
new ResizeObserver(() => shown && draw($("curve"), shown, signed)).observe($("curve"));
