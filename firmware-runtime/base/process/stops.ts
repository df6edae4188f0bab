// SIGTERM and SIGINT of this process. One that comes before anything can be stopped is kept for what begins.
import { setImmediate as nextTurn } from 'node:timers/promises'

const waiting: (() => void)[] = []
let isCaught = false
let isAsked = false

/** From now on these signals do not end the process at once. A second one does. */
export function catchStops(): void {
  if (isCaught) return
  isCaught = true
  const take = (): void => {
    isAsked = true
    for (const stop of waiting.splice(0)) stop()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, take)
}

/** `stop` is called once; at once where a signal has come. */
export function onStop(stop: () => void): void {
  catchStops()
  if (isAsked) stop()
  else waiting.push(stop)
}

/** Whether a signal has come until now: the engine gives it to the program when it waits for input. */
export async function isStopAsked(): Promise<boolean> {
  for (let turn = 0; turn < 2; turn++) await nextTurn()
  return isAsked
}
