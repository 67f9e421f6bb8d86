/**
 * A drag of files and folders from outside the browser, as the browser itself sees it: enter, over, drop.
 * The page gets trusted events with real files on disk, not objects that a script has made.
 */

/**
 * Files held over the page: `const held = await dragIn(page, paths); await held.over("layer-drop"); await held.drop()`.
 * @param {import("playwright-core").Page} page
 * @param {string[]} paths
 */
export async function dragIn(page, paths) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  let at = { x: 0, y: 0 };
  const send = (type) => session.send("Input.dispatchDragEvent", { type, ...at, data });
  await send("dragEnter");
  return {
    /** @param {string} selector */
    async over(selector) {
      at = await middle(page, selector);
      await send("dragOver");
    },
    async drop() {
      await send("drop");
      await session.detach();
    },
  };
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string[]} paths
 * @param {string} onto  where the drop lands
 */
export async function drop(page, paths, onto) {
  const held = await dragIn(page, paths);
  await held.over(onto);
  await held.drop();
}

/**
 * The middle of an element; of one that is longer than the window, the middle of the part in sight.
 * @param {import("playwright-core").Page} page
 * @param {string} selector
 */
async function middle(page, selector) {
  await page.locator(selector).scrollIntoViewIfNeeded();
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} has no place on the page to drop on`);
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  return {
    x: (Math.max(box.x, 0) + Math.min(box.x + box.width, width)) / 2,
    y: (Math.max(box.y, 0) + Math.min(box.y + box.height, height)) / 2,
  };
}
