/** The session as the browser keeps it for a later visit. */

/** What the browser holds of it. @param {import("./page.js").LayerPage} page */
export const kept = (page) =>
  page.page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open("layerdrop", 1);
        opening.onupgradeneeded = () => opening.transaction.abort();
        opening.onerror = () => resolve(null);
        opening.onsuccess = () => {
          const asked = opening.result.transaction("kept").objectStore("kept").get(`${location.pathname} session`);
          asked.onsuccess = () => {
            opening.result.close();
            resolve(asked.result ?? null);
          };
        };
      }),
  );

/** Waits until it holds what is wanted. @param {import("./page.js").LayerPage} page @param {(kept: any) => boolean} wanted */
export async function until(page, wanted) {
  for (let kept_ = await kept(page); ; kept_ = await kept(page)) {
    if (kept_ && wanted(kept_)) return;
    await page.page.evaluate(() => new Promise(requestAnimationFrame));
  }
}
