/**
 * For how long the page could not react, in ms. `task`: the longest that the browser counts as long, which begins at 50 ms; 0 if there
 * was none. `gap`: by how much a timer was late at the most; it also tells of shorter tasks, and of cores that others kept busy.
 */

const BEAT = 16;
/** So that what still waits after the last task is heard of as well. */
const AFTERWARDS = 100;

/** `const stop = watchMainThread(); …; const { task, gap } = await stop()`. */
export function watchMainThread() {
  const longest = { task: 0, gap: 0 };
  let last = performance.now();
  const beat = () => {
    const now = performance.now();
    longest.gap = Math.max(longest.gap, now - last - BEAT);
    last = now;
  };
  const timer = setInterval(beat, BEAT);
  const note = (entries) => entries.forEach(({ duration }) => (longest.task = Math.max(longest.task, duration)));
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: "longtask" });
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, AFTERWARDS));
    clearInterval(timer);
    note(observer.takeRecords());
    observer.disconnect();
    return longest;
  };
}
