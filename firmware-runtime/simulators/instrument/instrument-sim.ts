// A field-strength instrument as a process, in the exactly known field of an antenna.
// `POST /antenna` and `POST /probe` set the scene, `GET /truth?xMm=&yMm=&zMm=` returns the level there.
import { present } from '#base/pure/values/must.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { SimArguments } from '../shell/arguments.ts'
import { nowUs } from '../shell/driver.ts'
import type { FaultEngine } from '../shell/faults.ts'
import { openLinkSim } from '../shell/link-sim.ts'
import type { RunningSim, SimContext, SimPlan } from '../shell/process.ts'
import { ScpiModel } from './scpi-model.ts'
import { scpiVariants } from './scpi-words.ts'
import { numbersOf } from './scene.ts'
import { TinysaModel, tinysaModels } from './tinysa-model.ts'
import { instrumentFaults, type InstrumentModel } from './instrument-model.ts'

/** Time of an analyser for one sweep of 20 MHz at 1 MHz: some tens of milliseconds. */
const sweepUs = { instant: 2_000, standard: 40_000 } as const

/** `tinysa-signed`: firmware that scales raw levels differently. */
const tinysaScales: Readonly<Record<string, 'offset' | 'signed'>> = {
  tinysa: 'offset',
  'tinysa-signed': 'signed',
}
const usual = 'scpi-generic'
const variants = [...new Set([usual, ...Object.keys(scpiVariants), ...Object.keys(tinysaScales)])]

function modelOf(
  { seed, timing, variant, extra }: SimArguments,
  faults: FaultEngine,
): InstrumentModel {
  const row = scpiVariants[variant]
  const scale = tinysaScales[variant]
  const { model } = extra
  const models = Object.keys(row?.models ?? tinysaModels)
  if (model !== undefined && !models.includes(model))
    throw new LaneFault('ARG-01', {
      field: '--model',
      value: model,
      note: `one of ${models.join(', ')}`,
    })
  const options = {
    seed,
    faults,
    sweepUs: sweepUs[timing],
    ...(model === undefined ? {} : { model }),
  }
  if (scale !== undefined) return new TinysaModel({ ...options, scale })
  return new ScpiModel({ ...options, variant: present(row, 'a variant of its flags') })
}

/** Place of a query, mm; missing members are the probe's. */
function placeOf(query: URLSearchParams, model: InstrumentModel) {
  const { probe } = model.scene
  const mm = (name: 'xMm' | 'yMm' | 'zMm'): number => {
    const text = query.get(name)
    if (text === null) return probe[name]
    if (!/^-?\d{1,7}(?:\.\d+)?$/.test(text))
      throw new LaneFault('ARG-01', { field: name, value: text })
    return Number(text)
  }
  return { xMm: mm('xMm'), yMm: mm('yMm'), zMm: mm('zMm') }
}

async function start(context: SimContext): Promise<RunningSim> {
  const { args, faults } = context
  const model = modelOf(args, faults)
  const sim = await openLinkSim(context, model, {
    shown: (bytes) => new TextDecoder('latin1').decode(bytes),
    more: () => ({ antenna: model.scene.antenna }),
  })
  return sim.running({
    'GET /truth': ({ query }) => {
      const place = placeOf(query, model)
      return { ...place, levelDbm: model.scene.truthDbm(place) }
    },
    'POST /antenna': ({ body }) => sim.set(() => model.scene.setAntenna(body)),
    'POST /probe': ({ body }) => sim.set(() => model.scene.move(body, nowUs())),
    'POST /knobs': ({ body }) => sim.set(() => model.scene.setKnobs(body)),
    'POST /line': ({ body }) =>
      sim.set(() => Object.assign(model, numbersOf(body, { splitBytes: model.splitBytes }))),
  })
}

export const instrumentSimPlan: SimPlan = {
  name: 'instrument-sim',
  listens: ['pty', 'tcp'],
  variants: variants,
  flags: { model: 'M' },
  faults: instrumentFaults,
  start,
}
