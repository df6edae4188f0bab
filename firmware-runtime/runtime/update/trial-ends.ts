// How a process on trial ends, noted in DIR/update/slots.json: in order, or by a fault that takes the version back. Nothing is
// noted of a program that is not on trial.
import { keepSlots, keptSlots } from '../slots/slots-file.ts'
import { isDiskError } from '#base/pure/faults/disk-fault.ts'
import { type FaultCode, LaneFault } from '#base/pure/faults/faults.ts'
import type { TakenBackWhy } from '../pure/update/slots.ts'
import { slotHere } from './chosen-here.ts'
import { keepTakenBack, ownTrial } from './trial-keeper.ts'

/** Another version would end alike. */
const ofTheMachine: readonly FaultCode[] = ['DATA-01', 'DATA-02', 'LINK-01']

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
    // The watch of the trial may have taken it back by the same error (trial-watch.ts).
    if (slots === null) return (keptSlots(dir).active?.name ?? null) !== slotHere(process.env)
    const code = error instanceof LaneFault ? error.code : null
    // The open start is that of the lanes that hold the folder: they may still crash.
    if (code === 'LOCK-01') return false
    if (code !== null && ofTheMachine.includes(code)) {
      keepSlots(dir, { ...slots, openStart: null })
      return false
    }
    const note = code ?? (error instanceof Error ? error.message : String(error))
    keepTakenBack(dir, slots, { why, note })
    return true
  }, false)
