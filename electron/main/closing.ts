// What closing the window does: a demo ends, a hosted real lot goes on behind a tray icon.
// Unsent records are mentioned before anything stops; an attached runtime goes on by itself.
import type { RuntimeLink } from './runtime-link.ts'

type CloseChoice = 'end' | 'tray' | 'stay'

interface CloseQuestion {
  /** Asks the person; true means close although records are unsent. */
  readonly closeAnyway: (unsent: number) => Promise<boolean>
  /** True when the whole program is to end, not only the window. */
  readonly quitting: boolean
}

/** Longest wait for the runtime's status: a silent runtime must not keep the window open. */
const askWaitMs = 2_000

interface Facts {
  readonly mode: unknown
  readonly unsent: unknown
}

async function factsOf(link: RuntimeLink): Promise<Facts> {
  const none: Facts = { mode: 'demo', unsent: 0 }
  const late = new Promise<null>((done) => setTimeout(() => done(null), askWaitMs))
  const reply = await Promise.race([link.call('status.get', {}), late])
  if (reply === null || !reply.ok) return none
  const status = reply.data as { mode?: unknown; queue?: { unsent?: unknown } }
  return { mode: status.mode, unsent: status.queue?.unsent ?? 0 }
}

export async function decideClose(
  link: RuntimeLink,
  question: CloseQuestion,
): Promise<CloseChoice> {
  if (link.kind === 'attached') return 'end'
  const { mode, unsent } = await factsOf(link)
  if (mode === 'production' && !question.quitting) return 'tray'
  if (typeof unsent !== 'number' || unsent === 0) return 'end'
  return (await question.closeAnyway(unsent)) ? 'end' : 'stay'
}

/** Whether the start page may replace what runs; asks the person before real lanes are stopped. */
export async function decideLeave(
  link: RuntimeLink,
  ask: Pick<CloseQuestion, 'closeAnyway'> & { readonly stopLanes: () => Promise<boolean> },
): Promise<boolean> {
  if (link.kind === 'attached') return true
  const { mode, unsent } = await factsOf(link)
  if (mode === 'production') return ask.stopLanes()
  return typeof unsent !== 'number' || unsent === 0 || ask.closeAnyway(unsent)
}
