/**
 * The environment in which Lambda's runtimes start, as the runtimes really set it.
 */

/** Of every runtime. */
export const ENVIRONMENT = {
  PATH: "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
  LD_LIBRARY_PATH:
    "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
  LAMBDA_TASK_ROOT: "/var/task",
  LAMBDA_RUNTIME_DIR: "/var/runtime",
};

/** Of Node.js. @param {number} major */
export function nodeEnvironment(major) {
  const own = [`/opt/nodejs/node${major}/node_modules`, "/opt/nodejs/node_modules"];
  return { ...ENVIRONMENT, NODE_PATH: [...own, "/var/runtime/node_modules", "/var/runtime", "/var/task"].join(":") };
}
