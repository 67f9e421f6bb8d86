/**
 * Runs in the worker: every way out that a worker has. Each waits for the browser's answer.
 * @param {string} sink
 */
export async function tryEverything(sink) {
  const outcome = (promise) =>
    promise.then(
      () => "sent",
      () => "refused",
    );
  const answer = (attempt) =>
    new Promise((resolve) => {
      try {
        attempt(resolve);
      } catch {
        resolve("refused");
      }
    });
  const nested = `fetch("${sink}/worker").then(() => postMessage("sent"), () => postMessage("refused"))`;
  return {
    fetch: await outcome(fetch(`${sink}/fetch`)),
    xhr: await answer((done) => {
      const request = new XMLHttpRequest();
      request.onload = () => done("sent");
      request.onerror = () => done("refused");
      request.open("POST", `${sink}/xhr`);
      request.send("bytes");
    }),
    importScripts: await answer((done) => {
      importScripts(`${sink}/importScripts`);
      done("sent");
    }),
    import: await outcome(import(`${sink}/import`)),
    // The sink closes both of these, so what was sent shows there and not here.
    webSocket: await answer((done) => {
      const socket = new WebSocket(`${sink.replace("http", "ws")}/webSocket`);
      socket.onopen = () => done("sent");
      socket.onerror = () => done("refused");
    }),
    eventSource: await answer((done) => {
      const source = new EventSource(`${sink}/eventSource`);
      source.onopen = () => done("sent");
      source.onerror = () => (source.close(), done("refused"));
    }),
    worker: await answer((done) => {
      const worker = new Worker(URL.createObjectURL(new Blob([nested])));
      worker.onmessage = ({ data }) => done(data);
      worker.onerror = () => done("refused");
    }),
  };
}
