/**
 * The real AWS command line, against a stand-in for AWS on this machine that keeps what it is given and computes the digests itself.
 */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { TOOLS, run } from "./run.js";

// It ends with its standard input, so also when the tests are killed.
const SERVER = `
import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print("http://%s:%s" % server.get_host_and_port(), flush=True)
sys.stdin.read()
server.stop()
`;

export async function startAws() {
  const server = spawn(`${TOOLS}python`, ["-c", SERVER], { stdio: ["pipe", "pipe", "ignore"] });
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).once("line", resolve);
    server.once("close", () => reject(new Error("the stand-in for AWS did not start: look at 'make test-e2e'")));
  });
  const env = {
    PATH: `${TOOLS}:${process.env.PATH}`,
    LANG: "C.UTF-8",
    AWS_ENDPOINT_URL: address,
    AWS_ACCESS_KEY_ID: "nobody",
    AWS_SECRET_ACCESS_KEY: "nothing",
    AWS_DEFAULT_REGION: "eu-west-1",
    // Nothing of the account of whoever runs the tests.
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  return {
    /**
     * Runs the text of a command, as it is, in a shell.
     * @param {string} shell
     * @param {string} text
     * @param {string} folder
     */
    run: (shell, text, folder) => run(shell, ["-c", text], { cwd: folder, env }),
    close: () =>
      new Promise((resolve) => {
        server.once("close", resolve);
        server.stdin.end();
      }),
  };
}
