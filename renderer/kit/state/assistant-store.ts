// State of the antenna assistant while the window is open: the mounting that is tried, and the fitted model.
// Trying values changes nothing else; the state outlives the page.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, type Ref } from 'vue'
import type { AssistantView, SurveyPage } from '#survey/calls/survey-views.ts'
import type { ApiError } from '#base/calls/rows.ts'
import { usualAir, usualBeam, type Antenna } from '#survey/pure/model/antenna.ts'
import { neighbourPlaces, type NeighbourLane } from '#survey/pure/model/neighbour.ts'
import { antennaOf, startValues, type ModelBase } from '#survey/pure/model/parameters.ts'
import { predictedZone, sceneOf, type PredictedZone } from '#survey/pure/model/predicted-zone.ts'
import { sideOf } from '#survey/pure/model/readings.ts'
import { ask } from '../../api/client.ts'

export interface Hung {
  readonly powerStep: number
  readonly heightMm: number
  readonly downDeg: number
  readonly yawDeg: number
  readonly xMm: number
  readonly yMm: number
}

/** Mounting when none is on record: the minimum that clause 7.1.1 c recommends, left of the lane by the boom. */
const usualHung: Hung = {
  powerStep: 8,
  heightMm: 2_500,
  downDeg: 35,
  yawDeg: 35,
  xMm: -300,
  yMm: -800,
}
/** Five bits of frame C0 (rsu-interface.md 6.2). */
export const stepMax = 31

function recordedOf({ setup }: SurveyPage): Partial<Hung> {
  if (setup === null) return {}
  const { heightMm, downDeg, yawDeg, at, settings } = setup
  const step = settings['powerStep']
  return {
    ...(typeof step === 'number' ? { powerStep: step } : {}),
    ...(heightMm === null ? {} : { heightMm }),
    ...(downDeg === null ? {} : { downDeg }),
    ...(yawDeg === null ? {} : { yawDeg }),
    ...(at === null || at === undefined ? {} : { xMm: at.xMm, yMm: at.yMm }),
  }
}

/** The present model, and the predicted fields it makes. */
function useModel(
  page: Readonly<Ref<SurveyPage | null>>,
  neighbour: Readonly<Ref<NeighbourLane | null>>,
  view: Readonly<Ref<AssistantView | null>>,
  recorded: Readonly<Ref<Partial<Hung>>>,
) {
  /** The model before any measurement, relative to the power step on record. */
  const believed = computed(() => {
    const atStep = recorded.value.powerStep ?? usualHung.powerStep
    const base: ModelBase = { beam: usualBeam, air: usualAir, atStep }
    return { base, values: startValues, shadow: null }
  })
  const model = computed(() => view.value?.model ?? believed.value)

  const scene = computed(() => {
    const { grid, field } = page.value ?? { grid: null, field: null }
    if (grid === null || field === null) return null
    const aim = {
      grid,
      needed: field.needed,
      trigger: field.trigger,
      limitDbm: field.limitDbm,
      neighbours: field.neighbour,
    }
    return sceneOf(aim, neighbour.value, model.value.shadow)
  })

  function antennaFor(as: Hung): Antenna | null {
    const grid = page.value?.grid ?? null
    if (grid === null) return null
    const mount = { ...as, azimuthDeg: sideOf(as, grid) * as.yawDeg }
    return antennaOf(model.value.base, model.value.values, mount, as.powerStep)
  }
  function pictureFor(as: Hung): PredictedZone | null {
    const antenna = antennaFor(as)
    return antenna === null || scene.value === null ? null : predictedZone(antenna, scene.value)
  }
  return { model, antennaFor, pictureFor }
}

export const useAssistant = defineStore('assistant', () => {
  const page = shallowRef<SurveyPage | null>(null)
  const hung = ref<Hung>(usualHung)
  const neighbour = shallowRef<NeighbourLane | null>(null)
  const antennaId = ref<number | null>(null)
  const view = shallowRef<AssistantView | null>(null)
  /** Number of records of the survey when the model was fitted; a survey with more makes the fit outdated. */
  const fittedRecords = ref(0)
  const error = shallowRef<ApiError | null>(null)
  const busy = ref(false)

  const recorded = computed(() => (page.value === null ? {} : recordedOf(page.value)))
  function toRecorded(): void {
    hung.value = { ...usualHung, ...recorded.value }
  }
  /** Antennas to choose from; empty unless the readings come from more than one. */
  const antennas = computed(() => {
    const all = page.value?.antennas ?? []
    return all.length > 1 ? all.filter((id) => id !== null) : []
  })
  /** Another survey means another antenna and resets the state; the same survey keeps it. */
  function show(now: SurveyPage): void {
    const other = page.value?.name !== now.name
    page.value = now
    const { value: id } = antennaId
    if (other || id === null || !now.antennas.includes(id))
      antennaId.value = antennas.value[0] ?? now.antennas[0] ?? null
    if (!other) return
    toRecorded()
    view.value = null
    error.value = null
    neighbour.value = null
  }

  const { model, antennaFor, pictureFor } = useModel(page, neighbour, view, recorded)

  async function fit(): Promise<void> {
    const { value: now } = page
    if (now === null || now.grid === null || busy.value) return
    const next = neighbour.value
    busy.value = true
    const reply = await ask('survey.assist', {
      name: now.name,
      antennaId: antennaId.value,
      beam: usualBeam,
      stepMax,
      neighbours: next === null ? [] : neighbourPlaces(now.grid, next),
    })
    busy.value = false
    // Another survey was opened meanwhile, so this answer is dropped.
    if (page.value?.name !== now.name) return
    error.value = reply.ok ? null : reply.error
    if (!reply.ok) return
    view.value = reply.data
    fittedRecords.value = now.records
  }

  return {
    page,
    hung,
    neighbour,
    antennaId,
    antennas,
    view,
    fittedRecords,
    error,
    busy,
    recorded,
    model,
    show,
    toRecorded,
    fit,
    eirpDbm: computed(() => antennaFor(hung.value)?.eirpDbm ?? 0),
    picture: computed(() => pictureFor(hung.value)),
    pictureFor,
  }
})
