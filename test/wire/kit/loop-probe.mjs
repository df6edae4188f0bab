// Loaded into a running lot before its program: measures its lane thread and its memory.
// On SIGUSR2 it writes the measurements since the last time to the file of ETC_LOOP_PROBE.
import { renameSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { isMainThread } from 'node:worker_threads'

const file = process.env.ETC_LOOP_PROBE
const cpuMs = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

function watch(name) {
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
    const seen = { turnMs, peakBytes, rssBytes: process.memoryUsage.rss() }
    writeFileSync(`${name}.new`, JSON.stringify(seen))
    renameSync(`${name}.new`, name)
    turnMs = 0
    peakBytes = 0
    atMs = cpuMs()
  })
}

// Programs started by the lot inherit the option; only the lot itself is measured.
if (file !== undefined && isMainThread && process.argv[2] === 'run') watch(file)
