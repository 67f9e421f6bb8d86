/**
 * The longest time, in ms, for which the page could not react: the longer of the browser's own count of long tasks, and
 * of the gaps between the beats of a timer. The gaps also tell of tasks below the 50 ms from which a browser counts.
 */

const BEAT = 16;
/** So that what still waits after the last task is heard of as well. */
const AFTERWARDS = 100;

/** `const stop = watchMainThread(); …; const longest = await stop()`. */
export function watchMainThread() {
  let longest = 0;
  let last = performance.now();
  const beat = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last - BEAT);
    last = now;
  };
  const timer = setInterval(beat, BEAT);
  const note = (entries) => entries.forEach(({ duration }) => (longest = Math.max(longest, duration)));
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
