// Reports the progress of set-up to the person who waits: each step with its seconds, and regular signs of life.
// Everything goes to stderr, because stdout belongs to the requested task.
import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'

const aliveEveryMs = 5_000
const beatEveryMs = 5_000

/** Thrown when set-up cannot go on; the message is one sentence with what to do. */
export class SetupStop extends Error {}

const seconds = (sinceMs) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`
export const say = (text) => void process.stderr.write(`${text}\n`)

const setUpSteps = ['packages', 'system', 'electron', 'build']
/** The title of a step of set-up, with its place among them: `1/4 npm packages`. */
export const setUpStep = (name, title) =>
  `${setUpSteps.indexOf(name) + 1}/${setUpSteps.length} ${title}`

/**
 * Runs one named step and says how long it took. `percentNow`: how far it is, 0 to 100; without it only the seconds are
 * said meanwhile.
 */
export async function step(title, work, percentNow = () => null) {
  const startMs = Date.now()
  say(`  ${title} ...`)
  const alive = setInterval(() => {
    const percent = percentNow()
    const part = percent === null ? '' : `${percent} %, `
    say(`  ${title} ... ${part}${seconds(startMs)}`)
  }, aliveEveryMs)
  try {
    const result = await work()
    say(`  ${title}: ${seconds(startMs)}`)
    return result
  } finally {
    clearInterval(alive)
  }
}

const triesMax = 3
/** Tries work that needs the network up to three times; `work` and this function return `{ code, output }`. */
export async function thrice(title, work, percentNow) {
  for (let tried = 1; ; tried++) {
    const done = await step(tried === 1 ? title : `${title}, try ${tried}`, work, percentNow)
    if (done.code === 0 || tried === triesMax) return done
  }
}

/** Environment of a child process, without the variable that makes Electron run as Node. */
export function childEnv(extra = {}) {
  const env = { ...process.env, ...extra }
  delete env.ELECTRON_RUN_AS_NODE
  return env
}

/**
 * Runs a command and collects its output. Kills it after `timeoutMs`. Never rejects:
 * a missing command gives code 127.
 */
export function collect(command, args, { timeoutMs = 0, env = {}, cwd } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd,
      env: childEnv(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    })
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    const text = () => Buffer.concat(chunks).toString('utf8')
    child.on('error', (error) => done({ code: 127, output: `${text()}${error.message}` }))
    child.on('close', (code) => done({ code: code ?? 137, output: text() }))
  })
}

/** Sends a signal to a child's process group; a child that has ended is no fault. */
function signalGroup(child, signal) {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/** Exit code for a command that was silent for too long. */
export const silentCode = 124

/**
 * Calls `silent` when the file of `beat` exists and was not written in time; returns a function that stops the watch.
 */
function listen(beat, silent) {
  if (beat === undefined) return () => undefined
  const { file, silentMs } = beat
  const look = () => {
    const mtimeMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs
    if (mtimeMs !== undefined && Date.now() - mtimeMs > silentMs) silent()
  }
  const timer = setInterval(look, Math.min(beatEveryMs, silentMs))
  return () => clearInterval(timer)
}

/**
 * Runs a command on our terminal, or with its output in the open file `out`, and returns its exit code. Ends it after
 * `timeoutMs`, or with `silentCode` when it does not write the file of `beat` in time. It has its own process group:
 * it receives a signal once, and with `sweep` none of its processes outlives it.
 */
export function inherit(command, args, options = {}) {
  const { timeoutMs = 0, env = {}, cwd, sweep = false, out, beat } = options
  return new Promise((done) => {
    const detached = process.platform !== 'win32'
    const stdio = (out ?? null) === null ? 'inherit' : ['ignore', out, out]
    const child = spawn(command, args, { cwd, env: childEnv(env), stdio, detached })
    const forward = (signal) => signalGroup(child, signal)
    const signals = ['SIGTERM', 'SIGINT', 'SIGHUP']
    const limit = timeoutMs > 0 ? setTimeout(() => forward('SIGKILL'), timeoutMs) : undefined
    let isSilent = false
    const stopListening = listen(beat, () => {
      isSilent = true
      forward('SIGKILL')
    })
    for (const signal of signals) process.on(signal, forward)
    const end = (code) => {
      clearTimeout(limit)
      stopListening()
      for (const signal of signals) process.off(signal, forward)
      done(isSilent ? silentCode : code)
    }
    child.on('error', () => end(127))
    child.on('exit', (code) => {
      if (sweep) forward('SIGKILL')
      end(code ?? 137)
    })
  })
}

/** The last lines of an output, for a message. */
export const tail = (output, lines = 15) => output.trimEnd().split('\n').slice(-lines).join('\n')
