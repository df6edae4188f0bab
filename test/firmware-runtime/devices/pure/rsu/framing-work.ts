// Counts what noise costs the framings that search for frames, for framing-work.test.ts, in a separate thread
// (test/kit/in-thread.ts). Their modules are loaded after the counting has begun.
import { tell } from '../../../../kit/in-thread.ts'
import { countWork } from '../../../../kit/steps.ts'

const work = countWork()
const stepsOf = (act: () => void): number => work.of(act).steps('firmware-runtime/devices/pure/rsu')
const { emptyFraming } = await import('#devices/pure/rsu/framing.ts')
const { rsuVariant } = await import('#devices/pure/rsu/variants.ts')

/** Pieces that each begin a frame of maximum length: the worst case for the search. */
const worst = { 'generic-ver': 'FFFF000000000400', 'generic-len': 'FFFF04000000FFFF' } as const

/** Steps per byte, in pieces of eight bytes or all at once. */
function stepsPerByte(id: keyof typeof worst, pieces: number, atOnce: boolean): number {
  const { framing } = rsuVariant(id)
  const piece = Buffer.from(worst[id], 'hex')
  const chunks = atOnce
    ? [Buffer.concat(Array.from({ length: pieces }, () => piece))]
    : Array.from({ length: pieces }, () => piece)
  let state = emptyFraming
  let steps = stepsOf(() => {
    for (const chunk of chunks) state = framing.decode(state, chunk).state
  })
  steps += stepsOf(() => (state = framing.flush(state).state))
  return steps / (pieces * piece.length)
}

const of = (id: keyof typeof worst) => ({
  few: stepsPerByte(id, 1_000, false),
  many: stepsPerByte(id, 10_000, false),
  atOnce: stepsPerByte(id, 10_000, true),
})
const counts = { 'generic-ver': of('generic-ver'), 'generic-len': of('generic-len') }
export type FramingWork = typeof counts
tell(counts)
