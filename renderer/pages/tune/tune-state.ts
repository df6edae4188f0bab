// State of a lane's tuning loop, polled once a second while the page is open.
// The form of the next step is kept beside it and sent only by a button.
import { onMounted, onUnmounted, reactive, shallowRef, watch, type Ref } from 'vue'
import type { ArgsOf } from '#runtime/api/table.ts'
import type { Who } from '#base/calls/rows.ts'
import type { ApiError } from '#base/calls/rows.ts'
import type { TuneAim, TuneView, ZoneGiven } from '#devices/calls/tune-views.ts'
import { ask, askWhile } from '../../api/client.ts'
import { onRefresh } from '../../kit/state/fresh.ts'

export const aims = [
  'moreReads',
  'fewerRetries',
  'fewerNeighbours',
  'longerVisible',
] as const satisfies readonly TuneAim[]

const pollMs = 1_000

/** The power steps that row 5 of a survey allows. */
export type PowerSteps = NonNullable<ArgsOf<'tune.begin'>['powerSteps']>

/** Absent unless a survey bounds the step. */
const bounded = (bound: PowerSteps | null) => (bound === null ? {} : { powerSteps: bound })

export function useTune(laneId: Ref<string | null>, bound: Ref<PowerSteps | null>) {
  const view = shallowRef<TuneView | null>(null)
  const error = shallowRef<ApiError | null>(null)

  async function read(): Promise<void> {
    if (laneId.value === null) return
    const tuneRequest = { laneId: laneId.value, ...bounded(bound.value) }
    const reply = await askWhile(() => laneId.value, 'tune.get', tuneRequest)
    if (reply === null) return
    error.value = reply.ok ? null : reply.error
    if (reply.ok) view.value = reply.data
  }
  let poll: ReturnType<typeof setTimeout> | undefined
  async function again(): Promise<void> {
    await read()
    poll = setTimeout(() => void again(), pollMs)
  }
  watch(laneId, () => {
    view.value = null
    void read()
  })
  watch(bound, read)
  onRefresh(read)
  onMounted(again)
  onUnmounted(() => clearTimeout(poll))
  return { view, error, read }
}

/** The form as typed; numbers are texts until they are sent. */
export interface TuneForm {
  aim: TuneAim
  /** Empty: the setting that the loop proposes. */
  setting: string
  value: string
  passes: string
  listenSec: string
  cars: string
  zoneFrom: 'none' | 'tape' | 'drive'
  zone: string
}

export const newForm = (): TuneForm =>
  reactive({
    aim: 'moreReads',
    setting: '',
    value: '',
    /** Filled with the usual number once the view has arrived. */
    passes: '',
    listenSec: '60',
    cars: '',
    zoneFrom: 'none',
    zone: '',
  })

const wholeOf = (text: string, min: number, max: number): number | null => {
  const value = /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : NaN
  return value >= min && value <= max ? value : null
}
const decimalOf = (text: string, max: number): number | null => {
  const value = /^\s*\d{1,3}(?:\.\d{1,2})?\s*$/.test(text) ? Number(text) : NaN
  return value > 0 && value <= max ? value : null
}

type FormProblem = 'passes' | 'listenSec' | 'cars' | 'zone' | 'value'

interface LookSent {
  readonly passes?: number
  readonly cars: string[]
  readonly listenSec: number
  readonly zone: ZoneGiven
}

/** The fields with a mistake; empty when the form can be sent. */
export function problemsOf(form: TuneForm): FormProblem[] {
  const found: FormProblem[] = []
  if (form.passes.trim() !== '' && wholeOf(form.passes, 1, 500) === null) found.push('passes')
  if (wholeOf(form.listenSec, 2, 3_300) === null) found.push('listenSec')
  if (carsOf(form).some((car) => !/^[0-9A-F]{8}$/.test(car))) found.push('cars')
  if (form.zoneFrom !== 'none' && zoneOf(form) === null) found.push('zone')
  if (form.setting !== '' && !/^\s*-?\d{1,9}\s*$/.test(form.value)) found.push('value')
  return found
}

const carsOf = ({ cars }: TuneForm): string[] =>
  cars
    .toUpperCase()
    .split(/[\s,;，；]+/)
    .filter((car) => car !== '')

function zoneOf({ zoneFrom, zone }: TuneForm): ZoneGiven {
  if (zoneFrom === 'none') return null
  const value = decimalOf(zone, zoneFrom === 'tape' ? 50 : 60)
  if (value === null) return null
  return zoneFrom === 'tape' ? { from: 'tape', lengthM: value } : { from: 'drive', kmh: value }
}

export function lookOf(form: TuneForm): LookSent {
  const passes = wholeOf(form.passes, 1, 500)
  return {
    ...(passes === null ? {} : { passes }),
    cars: carsOf(form),
    listenSec: wholeOf(form.listenSec, 2, 3_300) ?? 60,
    zone: zoneOf(form),
  }
}

export const beginStep = (laneId: string, form: TuneForm, bound: PowerSteps | null, who: Who) =>
  ask('tune.begin', {
    laneId,
    aim: form.aim,
    change: form.setting === '' ? null : { setting: form.setting, value: Number(form.value) },
    decide: 'ask',
    ...bounded(bound),
    ...lookOf(form),
    ...who,
  })
