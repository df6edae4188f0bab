// A work order as steps: which are done, open, or left out and why. Derived only from what the runtime reports of lot,
// devices, survey and tests; a step whose state cannot be determined is open.
import { laneKindsBy } from '#base/pure/device-kinds/lane-kinds.ts'
import type { FirstCarView } from '#lane/calls/first-car-views.ts'
import type { PassportDriftView } from '#devices/calls/passport-views.ts'
import type { RulesView } from '#base/calls/rules-views.ts'
import type { SurveyPage } from '#survey/calls/survey-views.ts'
import type { DeviceView, LaneView, StatusView } from '#lane/calls/views.ts'
import type { ItemId } from '#survey/pure/file/record.ts'
import type { Words } from '../../kit/words.ts'

type StepState = 'done' | 'open' | 'failed' | 'skipped'

interface Step {
  readonly id: string
  readonly title: string
  readonly state: StepState
  /** The cause of the state, in one line. */
  readonly says: string
  /** The page where it is done. */
  readonly to: string
  /** The row of table D.1 that may be left out with a reason. */
  readonly skip: ItemId | null
}

const groupIds = ['site', 'rules', 'devices', 'survey', 'tests', 'report'] as const
interface StepGroup {
  readonly id: (typeof groupIds)[number]
  readonly steps: readonly Step[]
}

interface OrderParts {
  readonly status: StatusView | null
  readonly lane: LaneView | null
  /** Null where there is no lot. */
  readonly rules: RulesView | null
  readonly survey: SurveyPage | null
  readonly drift: PassportDriftView | null
  readonly firstCar: FirstCarView | null
}

const step = (
  id: string,
  title: string,
  state: StepState,
  says: string,
  to: string,
  skip: ItemId | null = null,
): Step => ({ id, title, state, says, to, skip })

const surveyLink = (survey: SurveyPage | null, part: string): string =>
  survey === null ? '/survey' : `/survey?open=${encodeURIComponent(survey.name)}&part=${part}`

const isLot = (status: OrderParts['status']): status is NonNullable<OrderParts['status']> =>
  status !== null && status.mode !== 'workbench'

function siteSteps({ status }: OrderParts, { t, of }: Words): readonly Step[] {
  const is = isLot(status)
  const says = is
    ? `${of(status.lotName)} · ${status.lotId} · ${t(status.mode === 'demo' ? 'mode.demo' : 'mode.live')}`
    : t('order.noLot')
  return [step('site', t('order.site'), is ? 'done' : 'open', says, '/system')]
}

/** The lot names a link for the device, whether or not it answers now. */
const isThere = ({ link }: DeviceView): boolean => link !== ''

/** The devices that the province requires of this lane: set up or not, whatever their state. */
function ruleSteps({ rules, lane, status }: OrderParts, { t, of }: Words): readonly Step[] {
  if (rules === null) {
    const says = t(isLot(status) ? 'order.noProvince' : 'order.noRules')
    return [step('rules', t('order.rules'), 'open', says, '/system')]
  }
  const needs = rules.lanes.find(({ laneId }) => laneId === lane?.laneId)?.needs ?? []
  const there = needs.map(({ device, title, clause }) => {
    const has = lane !== null && isThere(lane.devices[device])
    const says = t(has ? 'order.present' : 'order.absent', { clause })
    return step(`rule-${device}`, of(title), has ? 'done' : 'open', says, '/devices/find')
  })
  const letIn = status?.platform.state === 'up'
  const clauses = [...new Set(rules.access.map(({ clause }) => clause))].join(', ')
  const says = t(letIn ? 'order.letIn' : 'order.notLetIn', { clauses })
  return [...there, step('access', t('order.access'), letIn ? 'done' : 'open', says, '/system')]
}

const deviceStates = { up: 'done', down: 'failed', off: 'open' } as const

function deviceSteps({ lane }: OrderParts, words: Words): readonly Step[] {
  const { t } = words
  if (lane === null)
    return [step('devices', t('order.devices'), 'open', t('order.noLane'), '/devices/settings')]
  return laneKindsBy('met')
    .filter((id) => isThere(lane.devices[id]))
    .map((id) => {
      const device = lane.devices[id]
      const says = t(`order.device.${device.state}`, { link: words.link(device.link) })
      return step(
        `device-${id}`,
        t(`top.${id}`),
        deviceStates[device.state],
        says,
        '/devices/settings',
      )
    })
}

/** Verdicts that still need a person's decision. */
const openVerdicts: readonly string[] = ['incomplete', 'marginal']
const states = {
  pass: 'done',
  notApplicable: 'done',
  fail: 'failed',
  marginal: 'open',
  incomplete: 'open',
} as const
/** The part of the survey page where a row is filled in. */
const partOf = ({ checks }: SurveyPage, id: ItemId): string =>
  checks.some(({ item }) => item === id) ? 'checks' : id === 'D5' ? 'field' : 'measure'

function surveySteps({ survey }: OrderParts, words: Words): readonly Step[] {
  const { t } = words
  if (survey === null)
    return [step('survey', t('order.survey'), 'open', t('order.noSurvey'), '/survey')]
  return survey.items.map((item) => {
    const reason = survey.deviations.findLast((one) => one.item === item.id)?.text
    const skipped = item.verdict === 'incomplete' && reason !== undefined
    const says = skipped
      ? t('order.skipped', { reason, state: words.of(item.words) })
      : words.of(item.words)
    const title = `${item.id} · ${words.of(item.title)}`
    const state = skipped ? 'skipped' : states[item.verdict]
    const to = surveyLink(survey, partOf(survey, item.id))
    return step(item.id, title, state, says, to, state === 'open' ? item.id : null)
  })
}

function testSteps({ drift, firstCar, lane }: OrderParts, words: Words): readonly Step[] {
  const { t } = words
  const made = drift?.passport ?? null
  const passport = step(
    'passport',
    t('order.passport'),
    made === null ? 'open' : drift?.drifted === true ? 'failed' : 'done',
    made === null
      ? t('order.noPassport')
      : `${words.dateTime(made.madeAtIso)} · ${t(drift?.drifted === true ? 'passport.drifted' : 'passport.same')}`,
    '/passport',
  )
  if (lane?.direction !== 'exit') return [passport]
  const back = firstCar?.phase === 'refunded'
  const says =
    firstCar === null
      ? t('order.noFirstCar')
      : `${firstCar.plate} · ${words.known('passport.phase', firstCar.phase)}`
  return [passport, step('first-car', t('first.title'), back ? 'done' : 'open', says, '/passport')]
}

/** Done only when no row is open; a row that was left out stays incomplete in the report too. */
function reportSteps({ survey }: OrderParts, { t }: Words): readonly Step[] {
  const isOpen = ({ verdict }: { verdict: string }): boolean => openVerdicts.includes(verdict)
  const open = survey?.items.filter(isOpen).length ?? 0
  const failed = survey?.items.filter(({ verdict }) => verdict === 'fail').length ?? 0
  const whole = survey !== null && survey.whole && open === 0
  const state: StepState = !whole ? 'open' : failed > 0 ? 'failed' : 'done'
  const says = survey === null ? t('order.noSurvey') : t('order.reportSays', { open, failed })
  return [step('report', t('order.report'), state, says, surveyLink(survey, 'results'))]
}

export function orderSteps(parts: OrderParts, words: Words): readonly StepGroup[] {
  return [
    { id: 'site', steps: siteSteps(parts, words) },
    { id: 'rules', steps: ruleSteps(parts, words) },
    { id: 'devices', steps: deviceSteps(parts, words) },
    { id: 'survey', steps: surveySteps(parts, words) },
    { id: 'tests', steps: testSteps(parts, words) },
    { id: 'report', steps: reportSteps(parts, words) },
  ]
}

/** Where to go on: the first step that is open, else the first that failed. */
export function nextStep(groups: readonly StepGroup[]): Step | null {
  const steps = groups.flatMap((group) => group.steps)
  return (
    steps.find(({ state }) => state === 'open') ??
    steps.find(({ state }) => state === 'failed') ??
    null
  )
}
