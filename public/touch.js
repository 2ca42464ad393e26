// A touch that chooses, at once: the browser first makes sure that it was no gesture, which costs a slow device one
// frame more. A finger that moves, rests or stops a rolling page, and a second finger, are left to the browser; so
// is every touch while somebody writes, whose keyboard it may want to take away.
{
  const STILL = 10, SHORT = 500, ROLLING = 150;
  let down, rolled = -ROLLING;
  const hear = (name, heard, passive = true) => addEventListener(name, heard, { capture: true, passive });
  const isWriting = () => document.activeElement?.matches("textarea, input:not([type=radio], [type=checkbox])");
  hear("scroll", ({ timeStamp }) => (rolled = timeStamp));
  hear("touchcancel", () => (down = undefined));
  hear("touchstart", ({ target, touches, timeStamp }) => {
    const is = touches.length === 1 && timeStamp - rolled > ROLLING && !isWriting();
    down = is ? { what: target.closest?.("label.opt, button:not(:disabled)"), x: touches[0].clientX, y: touches[0].clientY, timeStamp } : undefined;
  });
  hear("touchend", (event) => {
    const { what, x, y, timeStamp } = down ?? {}, { clientX, clientY } = event.changedTouches[0];
    down = undefined;
    if (!what?.isConnected || !event.cancelable || event.timeStamp - timeStamp > SHORT || Math.hypot(clientX - x, clientY - y) > STILL) return;
    event.preventDefault();
    what.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true, detail: 1, clientX, clientY, view: window }));
  }, false);
}
