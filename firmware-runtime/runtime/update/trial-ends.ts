// How a process on trial ends, noted in DIR/update/slots.json: in order, or by a fault that takes the version back. Nothing is
// noted of a program that is not on trial.
import { keepSlots, keptSlots } from '../../adapters/update/slots-file.ts'
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { isDiskError } from '../../core/faults/disk-fault.ts'
import { type FaultCode, LaneFault } from '../../core/faults/faults.ts'
import { takenBack, type Slots, type TakenBackWhy } from '../../core/update/slots.ts'
import { isoOf } from '../../core/values/instant.ts'
import { installedHere, slotHere } from './chosen-here.ts'
import { rowsSince } from './choose.ts'

/** Another version would end alike. */
const ofTheMachine: readonly FaultCode[] = ['DATA-01', 'DATA-02', 'LINK-01']

/** The kept state while the version that runs here is on trial; null: it is not, or the file cannot be read. */
function ownTrial(dir: string): Slots | null {
  const own = slotHere(process.env)
  if (own === null) return null
  const slots = keptSlots(dir)
  return slots.active?.name === own && slots.trial !== null ? slots : null
}

/** What a disk or a damaged file refuses is not noted: the next start decides without it. */
function quietly<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof LaneFault) && !isDiskError(error)) throw error
    process.stderr.write(`${error.message}\n`)
    return otherwise
  }
}

/** The lanes end because they were told to, or by what is not their program's fault. */
export const endedInOrder = (dir: string): void =>
  quietly(() => {
    const slots = ownTrial(dir)
    if (slots !== null) keepSlots(dir, { ...slots, openStart: null })
  }, undefined)

/** The lanes end by this error, while they start (`start`) or later. True: the version was taken back. */
export const endedBy = (dir: string, error: unknown, why: TakenBackWhy): boolean =>
  quietly(() => {
    const slots = ownTrial(dir)
    if (slots === null) return false
    const code = error instanceof LaneFault ? error.code : null
    // The open start is that of the lanes that hold the folder: they may still crash.
    if (code === 'LOCK-01') return false
    if (code !== null && ofTheMachine.includes(code)) {
      keepSlots(dir, { ...slots, openStart: null })
      return false
    }
    const note = code ?? (error instanceof Error ? error.message : String(error))
    const atIso = isoOf(systemWallClock().nowMs())
    const rows = rowsSince(dir, slots)
    const installed = installedHere(process.env)
    keepSlots(dir, takenBack(slots, { why, note, atIso, rows, installed }))
    return true
  }, false)
