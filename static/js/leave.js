// "Exit this page": shows nothing of it any more, then goes elsewhere in its place, so that Back does not return here.
// Without this file the same link works as a link. Shift three times does the same as the button.
const link = document.querySelector("[data-leave]");
let pressed = 0;
let last = 0;

function leave() {
  document.body.replaceChildren();
  document.title = "Loading";
  location.replace(link.href);
}

if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      pressed = 0;
      return;
    }
    pressed = event.timeStamp - last < 3000 ? pressed + 1 : 1;
    last = event.timeStamp;
    if (pressed >= 3) leave();
  });
  // Coming back with the browser's own button shows what the server sends now, never what was typed.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
