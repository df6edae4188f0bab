// Stops with npm: it starts us through a shell that passes no signal on and dies of it alone.
// What is left behind would hold its data folder, its ports and its simulators.

const everyMs = 250

/** Ends this process as SIGTERM does, once the shell that npm put between is gone. */
export function stopWhenOrphaned() {
  if (process.env.npm_execpath === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, everyMs)
  timer.unref()
}
