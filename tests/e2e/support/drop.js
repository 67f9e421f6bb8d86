/**
 * A drag of files and folders from outside the browser, as the browser itself sees it: enter, over, drop.
 * The page gets trusted events with real files on disk, not objects that a script has made.
 */

/**
 * @param {import("playwright-core").Page} page
 * @param {string[]} paths
 * @param {object} [options]
 * @param {string} [options.onto]  where the drop lands, a selector
 * @param {() => Promise<void>} [options.hovering]  looks at the page while the drag is over it
 * @param {"drop" | "dragCancel"} [options.end]
 */
export async function drag(page, paths, { onto = "layer-drop", hovering, end = "drop" } = {}) {
  const session = await page.context().newCDPSession(page);
  const box = await page.locator(onto).first().boundingBox();
  if (!box) throw new Error(`${onto} has no place on the page to drop on`);
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  // Of an element that is longer than the window, the part in sight.
  const x = (Math.max(box.x, 0) + Math.min(box.x + box.width, width)) / 2;
  const y = (Math.max(box.y, 0) + Math.min(box.y + box.height, height)) / 2;
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver"]) await session.send("Input.dispatchDragEvent", /** @type {any} */ ({ type, x, y, data }));
  await hovering?.();
  await session.send("Input.dispatchDragEvent", { type: end, x, y, data });
  await session.detach();
}
