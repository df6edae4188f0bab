// Ends this process together with npm, which starts it through a shell that passes no signal on and dies alone.
// A process left behind would keep its data folder, its ports and its simulators.

const everyMs = 250

/** Ends this process like SIGTERM once npm's shell is gone. */
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
