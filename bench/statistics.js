/** Numbers from numbers. */

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The warm rounds' median; of a run without any, the cold round. @param {{ cold: number, times: number[] }} row */
export function typical({ cold, times }) {
  return times.length ? median(times) : cold;
}

/** The longest of all rounds. @param {{ task: number, gap: number }[]} held @param {"task" | "gap"} kind */
export function longest(held, kind) {
  return Math.max(...held.map((one) => one[kind]));
}

/** By how much the costs of one unit differ from their median at the most: 0.15 is 15 %. @param {number[]} costs */
export function spread(costs) {
  const middle = median(costs);
  return Math.max(...costs.map((cost) => Math.abs(cost / middle - 1)));
}
