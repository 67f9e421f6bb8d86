/**
 * WebDriver, as far as it is needed here: its commands, and the two ways in which browsers take them.
 *
 * chromedriver and WebKitWebDriver take them over HTTP, Firefox itself as lines on a socket (its protocol "Marionette",
 * which geckodriver translates to and from HTTP): so nothing has to be compiled for it.
 */

import { connect } from "node:net";

/** @typedef {(command: string, parameters?: Record<string, any>) => Promise<any>} Send  gives the command's value */

/** How each command is said over HTTP; the names are those of Marionette. @type {Record<string, (id?: string) => [method: string, path: string]>} */
const OVER_HTTP = {
  SetTimeouts: () => ["POST", "/timeouts"],
  SetWindowRect: () => ["POST", "/window/rect"],
  Navigate: () => ["POST", "/url"],
  ExecuteAsyncScript: () => ["POST", "/execute/async"],
  ElementSendKeys: (id) => ["POST", `/element/${id}/value`],
  PerformActions: () => ["POST", "/actions"],
  TakeScreenshot: () => ["GET", "/screenshot"],
  DeleteSession: () => ["DELETE", ""],
};

/**
 * A session with a driver that listens at `address`.
 * @param {string} address  `http://127.0.0.1:4444`
 * @param {object} wanted  capabilities
 * @param {number} patience  milliseconds that the browser may take to come up
 * @returns {Promise<Send>}
 */
export async function overHttp(address, wanted, patience) {
  /** @param {string} method @param {string} path @param {object} [body] @param {AbortSignal} [signal] */
  const ask = async (method, path, body, signal) => {
    const response = await fetch(address + path, { method, signal, ...(method === "POST" && { body: JSON.stringify(body) }) });
    const { value } = /** @type {any} */ (await response.json());
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}, ${value.message}`);
    return value;
  };
  const { sessionId } = await ask("POST", "/session", { capabilities: { alwaysMatch: wanted } }, AbortSignal.timeout(patience));
  return (command, parameters = {}) => {
    const [method, path] = OVER_HTTP[command](parameters.id);
    return ask(method, `/session/${sessionId}${path}`, parameters);
  };
}

/**
 * A session with a Firefox that listens on `port`.
 * @param {number} port
 * @param {object} wanted
 * @returns {Promise<Send>}
 */
export async function overMarionette(port, wanted) {
  const socket = connect(port, "127.0.0.1");
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const questions = new Map();
  let lastId = 0;
  let heard = Buffer.alloc(0);
  socket.on("data", (data) => {
    heard = Buffer.concat([heard, data]);
    // Each message is its length in bytes, a colon, and JSON: [1, id, error, result]. The first one only says hello.
    for (let colon; (colon = heard.indexOf(":")) > 0; ) {
      const end = colon + 1 + Number(heard.subarray(0, colon));
      if (heard.length < end) return;
      const message = JSON.parse(heard.subarray(colon + 1, end).toString());
      heard = heard.subarray(end);
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message;
      const question = questions.get(id);
      questions.delete(id);
      if (error) question?.reject(new Error(`${error.error}, ${error.message}`));
      else question?.resolve(result && "value" in result ? result.value : result);
    }
  });
  const gone = (/** @type {Error} */ error) => questions.forEach(({ reject }) => reject(error));
  socket.on("error", gone);
  socket.on("close", () => gone(new Error("Firefox has closed the line")));

  /** @type {Send} */
  const send = (command, parameters = {}) =>
    new Promise((resolve, reject) => {
      const id = (lastId += 1);
      questions.set(id, { resolve, reject });
      const message = JSON.stringify([0, id, `WebDriver:${command}`, parameters]);
      socket.write(`${Buffer.byteLength(message)}:${message}`);
    });
  // Without the `alwaysMatch` that HTTP has around it: geckodriver takes it off as well.
  await send("NewSession", wanted);
  return send;
}
