// A click, a tap or a key becomes one request. Nothing is read, and nothing is kept: what was not sent is said so.
const buttons = [...document.querySelectorAll(".mood")];
const said = document.getElementById("said");
const WORDS = {
  202: "Sent. Thank you.",
  429: "That was quick. Wait a moment, then try again.",
};
const FAILED = "Not sent. Try again.";
const WITHIN = 10_000;

document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  void send(event.submitter ?? buttons[0]);
});

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "1" || event.key === "2") buttons[event.key - 1].click();
  const step = { ArrowLeft: 0, ArrowUp: 0, ArrowRight: 1, ArrowDown: 1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  buttons[step].focus();
});

async function send(button) {
  const status = await post(button.value);
  say(WORDS[status] ?? FAILED, status !== 202);
  if (status === 202) nod(button);
}

async function post(type) {
  try {
    const answer = await fetch("send", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ type }),
      signal: AbortSignal.timeout(WITHIN),
    });
    return answer.status;
  } catch {
    return 0;
  }
}

// The same words a second time have to be announced a second time.
function say(words, failed) {
  document.getElementById("sent")?.remove();
  said.classList.toggle("failed", failed);
  said.textContent = "";
  requestAnimationFrame(() => {
    said.textContent = words;
  });
}

function nod(button) {
  button.classList.remove("told");
  void button.offsetWidth;
  button.classList.add("told");
}
