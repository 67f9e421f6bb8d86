/** Runs a contender that works synchronously where it holds nobody up. */

onmessage = async ({ data: { kind, files } }) => {
  try {
    const contender = await import(`../contenders/${location.hostname.split(".")[0]}.js`);
    postMessage(await contender[kind](files));
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
