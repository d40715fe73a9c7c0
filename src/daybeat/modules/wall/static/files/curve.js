// The last day as a picture: the score as a line, and under it what was said, happy upwards and sad downwards.
const SVG = "http://www.w3.org/2000/svg";
const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const MARGIN = { left: 52, right: 14, top: 12, bottom: 26 };
const BARS = 0.28; // the share of the height that belongs to the columns
const MINUTE = 60_000;

// A day of two times twelve hours needs its halves named, and has no room for minutes that are always nought.
const HOUR = TIME.resolvedOptions().hour12 ? new Intl.DateTimeFormat(undefined, { hour: "numeric" }) : TIME;

export const clock = (time) => TIME.format(time);

// The score at the end of each step, made backwards from what it is now.
export function scores({ score, day }) {
  const ends = new Array(day.happy.length);
  let running = score;
  for (let step = ends.length - 1; step >= 0; step -= 1) {
    ends[step] = running;
    running -= day.happy[step] - day.sad[step];
  }
  return { before: running, ends };
}

export function draw(box, stats, number) {
  const width = Math.max(box.clientWidth, 240);
  const height = Math.max(box.clientHeight, 180);
  const svg = make("svg", { width, height, role: "img", "aria-label": words(stats, number) });
  const size = {
    left: MARGIN.left,
    right: width - MARGIN.right,
    top: MARGIN.top,
    middle: MARGIN.top + (height - MARGIN.top - MARGIN.bottom) * (1 - BARS),
    bottom: height - MARGIN.bottom,
  };
  svg.append(...times(stats.day, size), ...line(stats, size, number), ...columns(stats.day, size));
  box.replaceChildren(svg);
}

export function words(stats, number) {
  const { before, ends } = scores(stats);
  const all = [before, ...ends];
  const from = clock(Date.parse(stats.day.until) - ends.length * stats.day.step_minutes * MINUTE);
  return (
    `Score since ${from} yesterday: it was ${number(before)} then and is ${number(stats.score)} now, ` +
    `lowest ${number(Math.min(...all))}, highest ${number(Math.max(...all))}.`
  );
}

function line(stats, size, number) {
  const { before, ends } = scores(stats);
  const all = [before, ...ends];
  const low = Math.min(...all);
  const high = Math.max(...all, low + 1);
  const bottom = size.middle - 14;
  const x = (index) => size.left + ((size.right - size.left) * index) / ends.length;
  const y = (score) => bottom - ((bottom - size.top) * (score - low)) / (high - low);
  const path = all.map((score, index) => `${x(index).toFixed(1)},${y(score).toFixed(1)}`).join("L");
  const labels = [high, low].flatMap((score) => [
    make("line", { class: "rule", x1: size.left, x2: size.right, y1: y(score), y2: y(score) }),
    label(number(score), { x: size.left - 8, y: y(score) + 4, "text-anchor": "end" }),
  ]);
  return [
    ...labels,
    make("path", { class: "score-area", d: `M${path}L${size.right},${bottom}L${size.left},${bottom}z` }),
    make("path", { class: "score-line", d: `M${path}` }),
    make("circle", { class: "now", cx: size.right, cy: y(stats.score), r: 6 }),
  ];
}

function columns(steps, size) {
  const day = { happy: joined(steps.happy, size), sad: joined(steps.sad, size) };
  const most = Math.max(1, ...day.happy, ...day.sad);
  const zero = (size.middle + size.bottom) / 2;
  const tall = (size.bottom - size.middle) / 2;
  const wide = (size.right - size.left) / day.happy.length;
  const column = (kind, count, step) => {
    const height = Math.max((tall * count) / most, 1.5);
    const y = kind === "happy" ? zero - height : zero;
    return make("rect", { class: kind, x: size.left + step * wide + wide * 0.1, y, width: wide * 0.8, height });
  };
  const drawn = ["happy", "sad"].flatMap((kind) =>
    day[kind].flatMap((count, step) => (count > 0 ? [column(kind, count, step)] : [])),
  );
  return [make("line", { class: "rule", x1: size.left, x2: size.right, y1: zero, y2: zero }), ...drawn];
}

// As many steps in one column as it takes for a column to be seen.
function joined(counts, size) {
  const together = size.right - size.left > 560 ? 2 : 4;
  const sums = [];
  for (let step = 0; step < counts.length; step += together) {
    sums.push(counts.slice(step, step + together).reduce((all, n) => all + n, 0));
  }
  return sums;
}

function times(day, size) {
  const hours = size.right - size.left > 560 ? 3 : 6;
  const steps = day.happy.length;
  const until = Date.parse(day.until);
  const marks = [];
  for (let time = Math.floor(until / (60 * MINUTE)) * 60 * MINUTE; ; time -= 60 * MINUTE) {
    const x = size.right - ((until - time) / MINUTE / day.step_minutes / steps) * (size.right - size.left);
    if (x < size.left + 18) return marks;
    if (new Date(time).getHours() % hours === 0 && x < size.right - 8) {
      marks.push(make("line", { class: "rule", x1: x, x2: x, y1: size.bottom, y2: size.bottom + 5 }));
      marks.push(label(HOUR.format(time), { x, y: size.bottom + 20, "text-anchor": "middle" }));
    }
  }
}

function label(text, attributes) {
  const made = make("text", attributes);
  made.textContent = text;
  return made;
}

function make(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
