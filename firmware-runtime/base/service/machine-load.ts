// The load of the machine in whole percent: processors since the last look, memory, and free space at the data folder.
// It is reported to a platform (P15) and decides nothing.
import { statfs } from 'node:fs/promises'
import { cpus, freemem, totalmem } from 'node:os'
import type { MachineLoad } from '../ports/platform-monitor.ts'

/** A shorter interval in ms is meaningless: lanes are reported one after another. */
const shortestMs = 5_000

const percent = (part: number, whole: number): number | null =>
  whole > 0 ? Math.min(100, Math.max(0, Math.round((100 * part) / whole))) : null

function processorTimes(): { readonly idleMs: number; readonly allMs: number } {
  const all = cpus().map(({ times }) => times)
  const idleMs = all.reduce((sum, { idle }) => sum + idle, 0)
  const allMs = all.reduce(
    (sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq,
    0,
  )
  return { idleMs, allMs }
}

export function machineLoad(dir: string): () => MachineLoad {
  let before = processorTimes()
  let cpuPct: number | null = null
  let diskFreePct: number | null = null
  const askDisk = (): void => {
    statfs(dir).then(
      ({ bavail, blocks }) => (diskFreePct = percent(bavail, blocks)),
      () => (diskFreePct = null),
    )
  }
  askDisk()
  return () => {
    const now = processorTimes()
    const allMs = now.allMs - before.allMs
    if (allMs >= shortestMs) {
      cpuPct = percent(allMs - (now.idleMs - before.idleMs), allMs)
      before = now
      askDisk()
    }
    return { cpuPct, memPct: percent(totalmem() - freemem(), totalmem()), diskFreePct }
  }
}
