/** Two lanes, for two cores. All tasks end before the first failure is thrown: nothing runs on behind the caller's back. */
export async function twoAtATime(tasks) {
  const queue = [...tasks];
  const failures = [];
  const lane = async () => {
    for (let task = queue.shift(); task; task = queue.shift()) await task().catch((error) => failures.push(error));
  };
  await Promise.all([lane(), lane()]);
  if (failures.length > 0) throw failures[0];
}

export function once(task) {
  let result;
  return () => {
    result ??= task();
    return result;
  };
}
