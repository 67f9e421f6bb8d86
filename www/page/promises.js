/** What promises lack. */

/**
 * `Promise.withResolvers`, which browsers of 2023 lack.
 * @template T
 */
export function withResolvers() {
  /** @type {(value: T) => void} */
  let resolve = () => {};
  /** @type {(error: unknown) => void} */
  let reject = () => {};
  /** @type {Promise<T>} */
  const promise = new Promise((...both) => ([resolve, reject] = both));
  return { promise, resolve, reject };
}

/** For calls of the page itself: the element has shown and told their errors already. */
export function reported() {
  return undefined;
}
