// A finger on the page, as the browser's own touch events.

/** Puts a finger down at the first of `points`, moves it along the others, and lifts it. */
export async function drawFinger(page, points, { steps = 8 } = {}) {
  const session = await page.context().newCDPSession(page);
  const send = (type, touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
  let [from, ...others] = points;
  await send("touchStart", [from]);
  for (const to of others) {
    for (let step = 1; step <= steps; step += 1) {
      const at = (axis) => from[axis] + ((to[axis] - from[axis]) * step) / steps;
      await send("touchMove", [{ x: at("x"), y: at("y") }]);
    }
    from = to;
  }
  await send("touchEnd", []);
  await session.detach();
}
