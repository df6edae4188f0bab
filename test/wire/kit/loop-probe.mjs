// Loaded into a running lot before its program: what its lane thread and its memory go through.
// On SIGUSR2 it writes what was seen since the last time into the file of ETC_LOOP_PROBE.
import { renameSync, writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import process from 'node:process'
import { isMainThread } from 'node:worker_threads'

const file = process.env.ETC_LOOP_PROBE
const cpuMs = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

function watch(name) {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  let atMs = cpuMs()
  let turnMs = 0
  let peakBytes = 0
  const look = () => {
    const nowMs = cpuMs()
    turnMs = Math.max(turnMs, nowMs - atMs)
    atMs = nowMs
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss())
  }
  setInterval(look, 1).unref()
  process.on('SIGUSR2', () => {
    look()
    const seen = {
      delayMs: delay.max / 1e6,
      turnMs,
      peakBytes,
      rssBytes: process.memoryUsage.rss(),
    }
    writeFileSync(`${name}.new`, JSON.stringify(seen))
    renameSync(`${name}.new`, name)
    delay.reset()
    turnMs = 0
    peakBytes = 0
    atMs = cpuMs()
  })
}

// Programs that the lot starts inherit the option; only the lot itself is watched.
if (file !== undefined && isMainThread && process.argv[2] === 'run') watch(file)
