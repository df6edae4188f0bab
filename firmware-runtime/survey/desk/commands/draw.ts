// `survey draw FILE`: which car parks are tested (clause 10.1.1.2), in three records of a survey file: the pool with
// the named random source, its value once it is known, and the result of the draw. No step can be repeated.
import { t } from '#base/pure/words/fault-text.ts'
import { accessOf, coverageOf, drawLots, samplingOf, seedOf } from '../../pure/file/sampling.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { projectOf, type SurveyProject } from '../../pure/file/project.ts'
import type { SurveyBody } from '../../pure/file/record.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { isoOf, parseIso } from '#base/pure/values/instant.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { needed } from '#base/commands/command.ts'
import { readSurvey, surveyDigests } from '../../files/open-survey.ts'
import { withSurvey } from './record-into.ts'
import { rulesOf } from '../../pure/survey-rules.ts'

const listOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
  ),
]

function view(project: SurveyProject, tested: string | undefined, accessed: string | undefined) {
  const { lotPool, lotDraw } = project
  const pool =
    lotPool === null
      ? { lots: 0, party: null, source: null, dueAtIso: null }
      : { ...lotPool, lots: lotPool.lots.length, dueAtIso: isoOf(lotPool.dueAtMs) }
  const { party, source, dueAtIso, lots } = pool
  const draw = lotDraw === null ? { seed: null, drawn: [] } : lotDraw
  const { seed, drawn } = draw
  const of = { seed: seed ?? '', party: party ?? ('operator' as const), drawn, lots }
  const coverage = lotDraw === null ? null : coverageOf(of, new Set(listOf(tested ?? '')))
  const access = accessOf(lotPool?.lots ?? [], new Set(listOf(accessed ?? '')))
  return { party, source, dueAtIso, lots, seed, drawn, coverage, access }
}

/** The value is entered once, when it is known; the result follows from it. */
function drawnBodies(project: SurveyProject, value: string, nowMs: number): readonly SurveyBody[] {
  const { lotPool, lotDraw } = project
  const refuse = (note: Why): never => {
    throw new LaneFault('SURVEY-03', { field: '--value', value, note })
  }
  if (lotPool === null)
    return refuse(
      t(
        '先写抽签的范围:--lots、--party、--source 和 --due',
        'first the pool: --lots, --party, --source and --due',
      ),
    )
  if (lotDraw !== null) return refuse(t('已经抽过,只抽一次', 'drawn already; there is one draw'))
  if (nowMs < lotPool.dueAtMs)
    return refuse(
      t(`${isoOf(lotPool.dueAtMs)} 之前不会知道`, `not known before ${isoOf(lotPool.dueAtMs)}`),
    )
  const { source, lots, party } = lotPool
  const { seed, drawn } = drawLots(
    lots,
    party,
    seedOf(source, value),
    surveyDigests().ofText,
    samplingOf(rulesOf(project.opened)),
  )
  return [
    { kind: 'lotValue', source, value },
    { kind: 'lotDraw', seed, drawn: [...drawn] },
  ]
}

interface PoolValues {
  readonly lots: string | undefined
  readonly party: 'contractor' | 'operator' | undefined
  readonly source: string | undefined
  readonly due: string | undefined
}

function poolBody(project: SurveyProject, values: PoolValues, nowMs: number): SurveyBody {
  const due = needed(values.due, 'due')
  const dueAtMs = parseIso(due)
  const refuse = (field: string, value: string, note: Why): never => {
    throw new LaneFault('SURVEY-03', { field, value, note })
  }
  if (project.lotPool !== null)
    return refuse(
      '--lots',
      values.lots ?? '',
      t('范围已经固定,一个文件一次', 'the pool is frozen: one a file'),
    )
  if (dueAtMs === null || dueAtMs <= nowMs)
    return refuse(
      '--due',
      due,
      t(
        '须为将来的时间:固定范围时不能有人知道结果',
        'a time to come: nobody may know the value when the pool is frozen',
      ),
    )
  const lots = listOf(needed(values.lots, 'lots'))
  const { party = 'operator' } = values
  return { kind: 'lotPool', lots, party, source: needed(values.source, 'source'), dueAtMs }
}

/** Exit 1 while a drawn car park is missing in `--tested`, or an access system in `--accessed`. */
export const drawAct = act(
  [
    'survey draw FILE [--lots A,B,C --source TEXT --due ISO [--party contractor|operator]] [--value TEXT] [--tested A,B] [--accessed A,B] [--by NAME]',
  ],
  ({ words: [file], ...values }) => {
    const { lots, party, source, due, value, tested, accessed } = values
    if (lots !== undefined || value !== undefined) {
      const by = needed(values.by, 'by')
      const nowMs = systemWallClock().nowMs()
      withSurvey(file, ({ ledger }) => {
        const bodies =
          lots !== undefined
            ? [poolBody(ledger.project, { lots, party, source, due }, nowMs)]
            : drawnBodies(ledger.project, needed(value, 'value'), nowMs)
        for (const body of bodies) ledger.keep(body, by)
      })
    }
    const shown = view(projectOf(readSurvey(file).records), tested, accessed)
    const isAccessed = accessed === undefined || shown.access.missing.length === 0
    const ok = (tested === undefined || shown.coverage === 1) && isAccessed
    return printed({ ok, file, ...shown }, ok)
  },
)
