// Asks the platform for the state of business numbers by signed queries while the lanes run. An acceptance uses the
// answers as evidence that is independent of the ledger. Only queries are sent; the lot's key is read in place.
import type { PlatformWord } from '#ledger/pure/facts.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { type BilingualText, t } from '#base/pure/words/fault-text.ts'
import { faults, LaneFault } from '#base/pure/faults/faults.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { dialectOf } from '#ledger/pure/platforms/dialects.ts'
import type { Cancel } from '#base/ports/clocks.ts'
import type { Call, Dialect, PlatformRequest } from '#ledger/ports/dialect.ts'
import type { Verdict } from '#ledger/ports/verdict.ts'
import type { LinkHere } from '#lane/folder/link-here.ts'
import { platformProbe, type PlatformProbe } from '#lane/desk/setup/platform-probe.ts'
import { untold, type Asks } from './questions.ts'

/** A business number to query, as the ledger has it; amount in fen. */
export interface SentNumber {
  readonly op: 'charge' | 'exitUpload' | 'refund'
  readonly businessNo: string
  readonly amountFen: Fen | null
}

const answerMs = 10_000
/** Numbers are queried one by one; after this many silences in a row the rest is not queried. */
const silencesMax = 3

/** Upper bound of numbers queried per kind, newest first. */
export const queriesMax = 40

function wordOf({ businessNo, op }: SentNumber, verdict: Verdict): PlatformWord {
  const kind = op === 'refund' ? 'refund' : 'charge'
  const word = { kind, businessNo, amountFen: null } as const
  if (verdict.kind === 'confirmed')
    return { ...word, says: 'has', state: verdict.state, amountFen: verdict.chargedFen }
  if (verdict.kind === 'refused')
    return { ...word, says: 'has', state: `${verdict.respCode} ${verdict.reason}` }
  if (verdict.kind === 'notFound') return { ...word, says: 'hasNot', state: 'notFound' }
  return { ...word, says: 'unasked', state: verdict.kind }
}

interface Told {
  readonly word: PlatformWord
  readonly isSilent: boolean
}

const undecided = { kind: 'processing' } as Verdict
const silence = (number: SentNumber, why: string): Told => ({
  word: { ...wordOf(number, undecided), state: why },
  isSilent: true,
})

function queried(
  platform: PlatformProbe,
  dialect: Dialect,
  number: SentNumber,
  begun: (request: PlatformRequest) => Cancel,
): Promise<Told> {
  const { businessNo, amountFen } = number
  const op = dialect.queryOf(number.op)
  const { promise, resolve } = Promise.withResolvers<Told>()
  const said = (verdict: Verdict): void =>
    resolve({ word: wordOf(number, verdict), isSilent: false })
  if (op === null) {
    said(undecided)
    return promise
  }
  const call: Call = { op, businessNo, body: '', amountFen }
  const request = dialect.requestFor(call)
  const isOver = begun(request)
  platform.send({ ...request, timeoutMs: answerMs }, ({ answer, verified }) => {
    isOver()
    if (answer.kind === 'silence') return resolve(silence(number, answer.reason))
    const judged = {
      ...answer,
      verified: verified ?? 'unsigned',
      sinceLastAttemptMs: null,
    } as const
    return said(dialect.judge(call, judged))
  })
  return promise
}

async function wordsOf(
  joined: LinkHere,
  dialect: Dialect,
  numbers: readonly SentNumber[],
  asks: Asks,
): Promise<readonly PlatformWord[]> {
  const platform = platformProbe(dialect, joined, ' acceptance')
  try {
    const words: PlatformWord[] = []
    let silences = 0
    for (const number of numbers) {
      const { businessNo } = number
      const begun = (request: PlatformRequest): Cancel =>
        asks({ dialect, request, url: joined.url, businessNo, timeoutMs: answerMs })
      const { word, isSilent } =
        silences < silencesMax
          ? await queried(platform, dialect, number, begun)
          : silence(number, 'silence')
      silences = isSilent ? silences + 1 : 0
      words.push(word)
    }
    return words
  } finally {
    await platform.close()
  }
}

interface Answers {
  readonly words: readonly PlatformWord[]
  readonly unasked: BilingualText | null
}

export async function platformWords(
  config: LotConfig,
  joined: LinkHere | null,
  numbers: readonly SentNumber[],
  asks = untold,
): Promise<Answers> {
  if (joined === null) return { words: [], unasked: t('没有接入平台', 'no platform is joined') }
  try {
    return { words: await wordsOf(joined, dialectOf(config), numbers, asks), unasked: null }
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return { words: [], unasked: faults[error.code].what }
  }
}
