// Questions to a platform that an acceptance run waits for: reports a question that has no answer after a second, and its end.
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { interfaceOf } from '#ledger/http/signed-platform.ts'
import type { AskingView } from '../../calls/acceptance-views.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { Cancel, MonoClock, WallClock } from '#base/ports/clocks.ts'
import type { Dialect, PlatformRequest } from '#ledger/ports/dialect.ts'

/** Who waits longer wonders what for. */
const wonderMs = 1_000

interface Question {
  readonly dialect: Pick<Dialect, 'interfaces' | 'duty' | 'feedback' | 'vehicle'>
  readonly request: Pick<PlatformRequest, 'method' | 'path'>
  readonly url: string
  /** Of what is asked for; empty: of nothing that has one. */
  readonly businessNo: string
  readonly timeoutMs: number
}

/** A question is under way until what comes back is called. */
export type Asks = (question: Question) => Cancel

/** Null: it is over. */
export type Tell = (asking: AskingView | null) => void

export const untold: Asks = () => () => undefined

function shownOf({ dialect, request, url, businessNo }: Question): Omit<AskingView, 'untilIso'> {
  const interfaceId = interfaceOf(dialect, request)
  const { zh, en } = dialect.interfaces.find(({ id }) => id === interfaceId) ?? {
    zh: interfaceId,
    en: interfaceId,
  }
  const of = URL.parse(url)?.host ?? url
  return { interfaceId, of, words: t(`${zh} ${businessNo}`.trim(), `${en} ${businessNo}`.trim()) }
}

export function slowQuestions(
  tell: Tell,
  clocks: { readonly mono: MonoClock; readonly wall: WallClock } = {
    mono: systemMonoClock(),
    wall: systemWallClock(),
  },
): Asks {
  return (question) => {
    const untilIso = isoOf(clocks.wall.nowMs() + question.timeoutMs)
    let isTold = false
    const stop = clocks.mono.after(wonderMs, () => {
      isTold = true
      tell({ ...shownOf(question), untilIso })
    })
    return () => {
      stop()
      if (isTold) tell(null)
      isTold = false
    }
  }
}
