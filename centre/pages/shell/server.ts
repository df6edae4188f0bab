// Calls of the pages to the desk that serves them, at the same address only: their answers or the fault with its words,
// the person who is signed in, and the clock of the centre, by which ages are counted.
import { computed, ref, shallowRef } from 'vue'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { Streamed } from '../../desk/streamed-rows.ts'
import type { SessionView } from '../../desk/calls/session/views.ts'
import type { DeskCalls } from '../../desk/calls/views.ts'

export type CallName = keyof DeskCalls
export type ArgsOf<N extends CallName> = DeskCalls[N]['args']
export type AnswerOf<N extends CallName> = DeskCalls[N]['answer']

interface FaultBody {
  readonly code: string
  readonly field: string
  readonly value: string
  readonly why: BilingualText | null
  readonly what: BilingualText
  readonly means: BilingualText
  readonly todo: BilingualText
}

/** A refusal of the desk, or that it did not answer. */
class DeskFault extends Error {
  readonly body: FaultBody
  constructor(body: FaultBody) {
    super(body.code)
    this.body = body
  }
}

const gone: FaultBody = {
  code: '',
  field: '',
  value: '',
  why: null,
  what: t('运营中心没有回答', 'The centre does not answer'),
  means: t(
    '页面上的数字不是最新的;停车场照常收费',
    'The figures on this page are not the newest; the car parks charge as always',
  ),
  todo: t('检查网络,或运营中心的程序', 'Check the network, or the program of the centre'),
}

/** Null until it is known; `out`: nobody. */
export const session = shallowRef<SessionView | 'out' | null>(null)
export const isIn = computed(
  () => session.value !== null && session.value !== 'out' && !session.value.oneTime,
)

/** Difference of the centre's clock from the one of this page, and the last answer on the latter. */
let aheadMs = 0
/** The centre's time, each second. */
export const nowMs = ref(Date.now())
/** When the desk last answered from its database, on the centre's clock. */
export const answeredMs = ref(Date.now())

export function tick(): void {
  nowMs.value = Date.now() + aheadMs
}

/** A person has touched the page since its last request. */
let isUsed = false
export function markUsed(): void {
  isUsed = true
}

function headers(): Record<string, string> {
  const used = isUsed ? '1' : ''
  isUsed = false
  return { 'content-type': 'application/json', 'etc-used': used }
}

/** A page that waits longer says that the centre does not answer. */
const answerMs = 20_000
/** As above, for the next rows of an export: a day of many lots is sorted first. */
const rowsMs = 90_000

const sent = (name: CallName, args: unknown, signal: AbortSignal): Promise<Response | null> =>
  fetch(`/api/${name}`, {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify(args),
    signal,
  }).catch(() => null)

/** The person's session ended, or another refusal. */
function refusedBy(error: FaultBody): DeskFault {
  if (error.code === 'CENTRE-34') session.value = 'out'
  return new DeskFault(error)
}

type StreamName = {
  [N in CallName]: AnswerOf<N> extends Streamed<unknown> ? N : never
}[CallName]
type RowOf<N extends StreamName> = AnswerOf<N> extends Streamed<infer R> ? R : never

/** Rows of an export as they arrive. Throws a DeskFault, also where the last line is missing. */
export async function* rowsOf<N extends StreamName>(
  name: N,
  args: ArgsOf<N>,
): AsyncGenerator<readonly RowOf<N>[]> {
  const gaveUp = new AbortController()
  let timer = setTimeout(() => gaveUp.abort(), rowsMs)
  try {
    const response = await sent(name, args, gaveUp.signal)
    if (response === null || response.body === null) throw new DeskFault(gone)
    if (!response.ok) {
      const body = (await response.json().catch(() => null)) as {
        readonly error?: FaultBody
      } | null
      throw refusedBy(body?.error ?? gone)
    }
    let [rest, count, total] = ['', 0, -1]
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: true, value: '' }) as const)
      if (done) break
      clearTimeout(timer)
      timer = setTimeout(() => gaveUp.abort(), rowsMs)
      const lines = `${rest}${value}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const read = JSON.parse(line) as readonly RowOf<N>[] | { readonly rows: number }
        if ('rows' in read) total = read.rows
        else {
          count += read.length
          yield read
        }
      }
    }
    if (total !== count) throw new DeskFault(gone)
  } finally {
    clearTimeout(timer)
    gaveUp.abort()
  }
}

/** Throws a DeskFault. A session that has ended leads to the sign-in. */
export async function call<N extends CallName>(name: N, args: ArgsOf<N>): Promise<AnswerOf<N>> {
  const response = await sent(name, args, AbortSignal.timeout(answerMs))
  const body = (await response?.json().catch(() => null)) as {
    readonly answer?: AnswerOf<N>
    readonly error?: FaultBody
  } | null
  if (response === null || body === null) throw new DeskFault(gone)
  aheadMs = Number(response.headers.get('etc-now') ?? Date.now()) - Date.now()
  tick()
  if (body.error?.code !== 'CENTRE-39') answeredMs.value = nowMs.value
  if (body.error !== undefined) throw refusedBy(body.error)
  return body.answer as AnswerOf<N>
}

export const faultOf = (error: unknown): FaultBody => {
  if (error instanceof DeskFault) return error.body
  throw error
}
export type { FaultBody }
