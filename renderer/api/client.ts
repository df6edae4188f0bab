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

export async function ask<N extends ApiName>(
  name: N,
  args: ArgsOf<N>,
): Promise<ApiReply<AnswerOf<N>>> {
  try {
    return await laneClient().call(name, args)
  } catch (error) {
    return { ok: false, error: cutOff(error instanceof Error ? error.message : String(error)) }
  }
}

/** Of what is chosen on a page: null when something else was chosen before the answer came. */
export async function askWhile<N extends ApiName>(
  chosen: () => unknown,
  name: N,
  args: ArgsOf<N>,
): Promise<ApiReply<AnswerOf<N>> | null> {
  const before = chosen()
  const reply = await ask(name, args)
  return chosen() === before ? reply : null
}
