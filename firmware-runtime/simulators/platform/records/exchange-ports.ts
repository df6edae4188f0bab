// What the exchanges of a simulated server need of its process: waiting, the disk, silence and outages.
// The server adds its model and its clock.
import type { SimContext } from '../../shell/process.ts'

/** `cutOff` closes the server for a time; `restart` forgets what is not on record. */
export function processPorts(
  { faults, store }: SimContext,
  cutOff: (ms: number) => void,
  restart: () => void,
) {
  let silentUntilMs = 0
  return {
    decide: faults.decide,
    async wait(ms: number): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>()
      setTimeout(resolve, ms)
      await promise
    },
    async settled(): Promise<void> {
      await store.writer.settled()
    },
    silence(ms: number): void {
      silentUntilMs = performance.now() + ms
    },
    isSilent: (): boolean => performance.now() < silentUntilMs,
    outage(ms: number, forget: boolean): void {
      cutOff(ms)
      if (forget) restart()
    },
  }
}
