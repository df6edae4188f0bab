// Calls about tuning: the running step, measuring alone, keep or take back, undo, presets. A step writes through a
// trial with a backup, so each of these acts needs the installer right.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { installer, laneId, none, plainAct, read, reply } from '#base/calls/rows.ts'
import type { HealthView } from './health-views.ts'
import type { Preset, TuneView } from './tune-views.ts'

const aim = z.enum(['moreReads', 'fewerRetries', 'fewerNeighbours', 'longerVisible'])
const zone = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('tape'), lengthM: z.number().positive().max(50) }),
  z.strictObject({ from: z.literal('drive'), kmh: z.number().positive().max(60) }),
])
/** Parameters of a measurement. */
const look = {
  /** Number of cars driven through; absent: the loop counts them. */
  passes: z.int().min(1).max(500).optional(),
  cars: z
    .array(z.string().regex(/^[0-9A-Fa-f]{8}$/))
    .max(100)
    .optional(),
  listenSec: z.int().min(2).max(3300),
  zone: zone.nullable().optional(),
}
const change = z.strictObject({
  setting: z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/),
  value: z.number(),
})

const step = z.int().min(0).max(255)
/** Power steps that row 5 of a survey allows (`powerSteps` of survey.assist); absent: no survey. */
const powerSteps = z.strictObject({ min: step, max: step }).optional()

export const tuneCalls = {
  'tune.get': read('gear', () => z.strictObject({ laneId, powerSteps }), reply<TuneView>(), {
    rest: 'lanes',
  }),
  'tune.begin': plainAct(
    'installer',
    () => ({
      laneId,
      aim,
      change: change.nullable().optional(),
      decide: z.enum(['auto', 'ask']).optional(),
      powerSteps,
      ...look,
    }),
    { words: t('开始调试天线', 'Antenna adjustment begun') },
  ),
  /** Measures without writing; needs the installer right. */
  'tune.measure': installer(() => z.strictObject({ laneId, ...look }), reply<{ ok: true }>()),
  'tune.field': installer(
    () =>
      z.strictObject({
        laneId,
        points: z
          .array(
            z.strictObject({ place: z.string().min(1).max(40), dbm: z.number().min(-120).max(40) }),
          )
          .min(1)
          .max(50),
      }),
    reply<{ ok: true }>(),
  ),
  'tune.decide': plainAct(
    'installer',
    /** `beside`: kept although the antenna of another lane read the same OBU. */
    () => ({ laneId, keep: z.boolean(), beside: z.boolean().optional() }),
    { words: t('保留或恢复天线设置', 'Antenna settings kept or taken back') },
  ),
  'tune.undo': plainAct('installer', () => ({ laneId }), {
    words: t('撤销天线调试', 'Antenna adjustment undone'),
  }),
  'device.health': read('gear', none, reply<HealthView>(), { rest: 'lanes' }),
  'preset.list': read('gear', none, reply<{ rows: readonly Preset[] }>(), { rest: 'command' }),
} as const
