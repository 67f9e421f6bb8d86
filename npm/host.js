/**
 * For pages that show `embed.html` in a frame: `<script type="module" src="host.js"></script>` gives every `<iframe data-layerdrop>` the height
 * of what is in it, and saves the files that a frame may not save. The frame's address names the page:
 * `embed.html?parent=https://docs.example.com`.
 *
 * `connect(frame, { settings, theme, heard })` does it for one frame, and returns `send`: `await send("build")`.
 */

/**
 * @param {HTMLIFrameElement} frame
 * @param {{ settings?: object, theme?: "light" | "dark", downloads?: boolean, heard?: (message: any) => void }} [options]  `heard` is told all that the frame says
 */
export function connect(frame, { settings, theme, downloads = true, heard } = {}) {
  /** @type {Map<number, [(value: any) => void, (error: Error) => void]>} */
  const open = new Map();
  let last = 0;
  /** A frame without an origin of its own can't be addressed by one. */
  const own = () => (frame.sandbox.length > 0 && !frame.sandbox.contains("allow-same-origin") ? "null" : new URL(frame.src).origin);
  /** @param {object} message */
  const post = (message) => frame.contentWindow?.postMessage({ layerdrop: 1, ...message }, own() === "null" ? "*" : own());
  /** @param {MessageEvent} event */
  const hear = ({ data, source, origin }) => {
    if (source !== frame.contentWindow || origin !== own() || data?.layerdrop !== 1) return;
    if (data.type === "hello") post({ type: "init", settings, theme, downloads });
    if (data.type === "resize") frame.style.height = `${data.height}px`;
    if (data.type === "download") save(data);
    if (data.type === "reply") {
      const [resolve, reject] = open.get(data.id) ?? [];
      open.delete(data.id);
      if (data.error) reject?.(Object.assign(new Error(data.error.message), { name: data.error.name }));
      else resolve?.(data.value);
    }
    heard?.(data);
  };
  addEventListener("message", hear);
  return {
    /** @param {string} type @param {object} [message] @returns {Promise<any>} */
    send: (type, message) =>
      new Promise((...settle) => {
        open.set(++last, settle);
        post({ ...message, type, id: last });
      }),
    disconnect: () => removeEventListener("message", hear),
  };
}

/** @param {{ blob: Blob, fileName: string }} file */
function save({ blob, fileName }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

for (const frame of document.querySelectorAll("iframe")) if ("layerdrop" in frame.dataset) connect(frame);
