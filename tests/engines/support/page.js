/**
 * A page with a `<layer-drop>` in any engine: what a hand does through WebDriver, and what a script can ask.
 */

import { writeFile } from "node:fs/promises";
import { after, before, describe } from "node:test";
import { NAMES, startEngine } from "./browsers.js";

/** Milliseconds that a script may take: far longer than anything here, and short enough to wait for when it is broken. */
const PATIENCE = 120_000;

/** Keys that have no letter: https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS = new Map([
  ["Tab", "\uE004"],
  ["Enter", "\uE007"],
  ["Shift", "\uE008"],
  ["Control", "\uE009"],
  ["Escape", "\uE00C"],
  ["Space", " "],
  ["End", "\uE010"],
  ["Home", "\uE011"],
  ["ArrowLeft", "\uE012"],
  ["ArrowUp", "\uE013"],
  ["ArrowRight", "\uE014"],
  ["ArrowDown", "\uE015"],
  ["Delete", "\uE017"],
  ["F2", "\uE032"],
]);

export class EnginePage {
  /** @type {Awaited<ReturnType<typeof startEngine>>} */
  #browser = null;

  /**
   * Starts a browser.
   * @param {string} engine
   * @param {Parameters<typeof startEngine>[1]} [options]
   */
  async start(engine, options) {
    this.#browser = await startEngine(engine, options);
    await this.#browser.send("SetTimeouts", { script: PATIENCE, pageLoad: PATIENCE });
    await this.resize(1280, 1000);
  }

  close() {
    return this.#browser?.close();
  }

  /** @param {string} url */
  async goto(url) {
    await this.#browser.send("Navigate", { url });
    await this.run(() => {
      window.uncaught = [];
      for (const name of ["error", "unhandledrejection"])
        addEventListener(name, (event) => window.uncaught.push(String(event.reason ?? event.message)));
      return customElements.whenDefined("layer-drop").then(() => undefined);
    });
  }

  /** What no code caught since the page was loaded. @returns {Promise<string[]>} */
  uncaught() {
    return this.run(() => window.uncaught ?? []);
  }

  /** @param {number} width @param {number} height */
  resize(width, height) {
    return this.#browser.send("SetWindowRect", { width, height });
  }

  /**
   * What a function gives that runs in the page, with the element as its first argument.
   * @template {unknown[]} Args
   * @template Value
   * @param {(element: any, ...args: Args) => Value | Promise<Value>} perform
   * @param {Args} args
   * @returns {Promise<Value>}
   */
  async run(perform, ...args) {
    const script = `const [args, done] = arguments;
      (async () => (${perform})(document.querySelector("layer-drop"), ...args))().then(
        (value) => done({ value }),
        (error) => done({ name: String(error?.name), message: String(error?.message ?? error) }));`;
    const told = await this.#browser.send("ExecuteAsyncScript", { script, args: [args] });
    if (told.name) throw Object.assign(new Error(told.message), { name: told.name });
    return told.value;
  }

  /**
   * Waits until such a function gives something, and gives that.
   * @template {unknown[]} Args
   * @template Value
   * @param {(element: any, ...args: Args) => Value | Promise<Value>} ask
   * @param {Args} args
   * @returns {Promise<Value>}
   */
  async until(ask, ...args) {
    // The page looks itself, so that nothing is missed between two questions.
    for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
      const value = await this.run(ask, ...args);
      if (value) return value;
      await this.run(() => new Promise((resolve) => setTimeout(() => resolve(null), 30)));
    }
    throw new Error(`${PATIENCE / 1000} seconds have passed without this: ${ask}(${args})`);
  }

  /**
   * Waits until an element rests where it is and nothing lies above it, and clicks it in the middle.
   * Not WebDriver's own click: WebKit's believes that text fields in a shadow root are covered.
   * @param {string} selector  within the element
   */
  async click(selector) {
    const found = await this.until(async (element, selector) => {
      const found = element.shadowRoot.querySelector(selector);
      if (!found) return null;
      found.scrollIntoView({ block: "nearest" });
      const before = found.getBoundingClientRect();
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
      const { left, top, width, height } = found.getBoundingClientRect();
      const rests = top === before.top && left === before.left && width > 0;
      return rests && found.contains(element.shadowRoot.elementFromPoint(left + width / 2, top + height / 2)) ? found : null;
    }, selector);
    const actions = [
      // The driver looks once more where it is: what comes in meanwhile may have moved it.
      { type: "pointerMove", duration: 0, x: 0, y: 0, origin: found },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ];
    await this.#browser.send("PerformActions", { actions: [{ type: "pointer", id: "mouse", actions }] });
  }

  /** Waits until something is in the page and visible, and gives its text. @param {string} selector  within the element */
  text(selector) {
    return this.until((element, selector) => {
      const found = element.shadowRoot.querySelector(selector);
      return found?.checkVisibility() ? found.textContent : null;
    }, selector);
  }

  /** Chooses files in the page's own input, and waits until the layer holds them. @param {string[]} paths */
  async choose(paths) {
    const input = await this.run((element) => element.shadowRoot.querySelector('[part="file-input"]'));
    // The one value of a reference to an element is its id.
    const [id] = Object.values(input);
    await this.changing(() => this.#browser.send("ElementSendKeys", { id, text: paths.join("\n") }));
  }

  /**
   * Does something and waits until the layer has changed.
   * @param {() => Promise<unknown>} action
   */
  async changing(action) {
    await this.run((element) => {
      element.removeAttribute("data-changed");
      element.addEventListener("layerdrop-change", () => element.setAttribute("data-changed", ""), { once: true });
    });
    await action();
    await this.until((element) => element.hasAttribute("data-changed"));
  }

  /** Presses keys one after the other: `await page.press("ArrowDown", "Control+z")`. @param {string[]} chords */
  async press(...chords) {
    const actions = chords.flatMap((chord) => {
      const keys = chord.split("+").map((key) => KEYS.get(key) ?? key);
      return [
        ...keys.map((value) => ({ type: "keyDown", value })),
        ...keys.reverse().map((value) => ({ type: "keyUp", value })),
      ];
    });
    await this.#browser.send("PerformActions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** @param {string} text */
  type(text) {
    return this.press(...text);
  }

  /** Saves what is to be seen. @param {string} path  of a PNG */
  async picture(path) {
    await writeFile(path, Buffer.from(await this.#browser.send("TakeScreenshot", { full: false }), "base64"));
  }
}

/**
 * A suite for each engine, with a browser that is there for all of its tests.
 * @param {(page: EnginePage, engine: string) => void} tests
 * @param {Parameters<typeof startEngine>[1]} [options]
 */
export function inEveryEngine(tests, options) {
  for (const engine of NAMES) {
    describe(`in ${engine}`, () => {
      const page = new EnginePage();
      before(() => page.start(engine, options));
      after(() => page.close());
      tests(page, engine);
    });
  }
}
