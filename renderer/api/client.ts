// The one way to the machine: the client that the preload exposes, or a test's own.
// A call that is cut off in between is answered as a fault too, so that a screen has one shape to show.
import type {
  AnswerOf,
  ApiName,
  ApiReply,
  ArgsOf,
  LaneClient,
} from '../../firmware-runtime/api/table.ts'
import type { ApiError } from '../../firmware-runtime/api/rows.ts'

let current: LaneClient | null = null

export function setLaneClient(client: LaneClient): void {
  current = client
}

export function laneClient(): LaneClient {
  if (current === null) throw new Error('the window has no client')
  return current
}

const cutOff = (note: string): ApiError => ({
  code: 'RUN-03',
  message: note,
  means: '',
  todo: '',
  field: '',
  value: '',
})

/** Asks for a PIN: the user's own, or with `requestId` the PIN of a second person. Resolves to false when cancelled. */
type Assent = (commandId: string, requestId: string | null) => Promise<boolean>
let assent: Assent | null = null

export function setAssent(way: Assent | null): void {
  assent = way
}

/**
 * Repeats a call that was refused with PEOPLE-05 or PEOPLE-06 once the PIN was given. Returns null when the refusal has
 * another code, or nobody gave a PIN.
 */
async function withAssent<N extends ApiName>(
  name: N,
  args: ArgsOf<N>,
  { code, value }: ApiError,
): Promise<ApiReply<AnswerOf<N>> | null> {
  if (assent === null || (code !== 'PEOPLE-05' && code !== 'PEOPLE-06')) return null
  const { commandId } = args as { readonly commandId: string }
  const goesOn = await assent(commandId, code === 'PEOPLE-05' ? null : value)
  return goesOn ? laneClient().call(name, args) : null
}

export async function ask<N extends ApiName>(
  name: N,
  args: ArgsOf<N>,
): Promise<ApiReply<AnswerOf<N>>> {
  try {
    const reply = await laneClient().call(name, args)
    return reply.ok ? reply : ((await withAssent(name, args, reply.error)) ?? reply)
  } catch (error) {
    return { ok: false, error: cutOff(error instanceof Error ? error.message : String(error)) }
  }
}

/** `ask` for something that is chosen on a page; returns null when the choice changed before the answer came. */
export async function askWhile<N extends ApiName>(
  chosen: () => unknown,
  name: N,
  args: ArgsOf<N>,
): Promise<ApiReply<AnswerOf<N>> | null> {
  const before = chosen()
  const reply = await ask(name, args)
  return chosen() === before ? reply : null
}
