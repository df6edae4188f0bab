// The one way to the machine: the client that the preload exposes, or a test's own.
// A call that is cut off in between is answered as a fault too, so that a screen has one shape to show.
import type { AnswerOf, ApiName, ArgsOf, LaneClient } from '#runtime/api/table.ts'
import type { ActAnswer, ApiReply } from '#base/calls/rows.ts'
import type { ApiError } from '#base/calls/rows.ts'
import { stateOfAct } from './unanswered.ts'

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
  return goesOn ? answerLater(name, args, await askOnce(name, args)) : null
}

async function askOnce<N extends ApiName>(
  name: N,
  args: ArgsOf<N>,
): Promise<ApiReply<AnswerOf<N>>> {
  try {
    return await laneClient().call(name, args)
  } catch (error) {
    return { ok: false, error: cutOff(error instanceof Error ? error.message : String(error)) }
  }
}

/** The id of an act on cars, money or devices; null for other calls, and for those about accounts and their secrets. */
function commandIdOf(name: string, args: object): string | null {
  const { commandId, by, reason } = args as Readonly<Record<string, unknown>>
  const isAct = [commandId, by, reason].every((one) => typeof one === 'string')
  return isAct && !name.startsWith('people.') ? String(commandId) : null
}

/** The act was not carried out, and its command id is used up: the next attempt needs a new one. */
export const notCarriedOut = 'ACT-02'

/**
 * What became of an act whose answer did not come, by its command id. One that was carried out is repeated for its
 * answer; a refusal of the repeat, such as for a PIN, does not undo it.
 */
async function answerLater<N extends ApiName>(
  name: N,
  args: ArgsOf<N>,
  lost: ApiReply<AnswerOf<N>>,
): Promise<ApiReply<AnswerOf<N>>> {
  const commandId = commandIdOf(name, args)
  if (commandId === null || lost.ok || lost.error.code !== 'RUN-03') return lost
  const state = await stateOfAct(name, commandId, () => askOnce('command.state', { commandId }))
  if (state === null) return lost
  if (state === 'none') return { ok: false, error: { ...cutOff(''), code: notCarriedOut } }
  const again = await askOnce(name, args)
  const done: ActAnswer = { ok: true, repeated: true }
  return again.ok ? again : { ok: true, data: done as AnswerOf<N> }
}

/** The one way of every call. An act that was not answered is not left open (`answerLater`). */
export async function ask<N extends ApiName>(
  name: N,
  args: ArgsOf<N>,
): Promise<ApiReply<AnswerOf<N>>> {
  const reply = await answerLater(name, args, await askOnce(name, args))
  return reply.ok ? reply : ((await withAssent(name, args, reply.error)) ?? reply)
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
