// What work costs, for tests that it does not grow out of proportion. The clock would count what else the machine does.

/** The processor time that this process has taken so far, in ms. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
