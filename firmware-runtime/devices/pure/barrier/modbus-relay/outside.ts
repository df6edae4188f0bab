// Loops and radars read by another device: their states are applied to the barrier's own rules. An unknown sensor
// prevents closing, and reverses a closing boom.
import type { ContactSeen } from '#base/pure/lot/sensor.ts'
import { presenceKnown, seenUnder, tellInputs } from './inputs.ts'
import { reopen, watchPassage } from './rules.ts'
import { seenMeanwhile } from './silence.ts'
import { type BarrierDraft, type Debounced, outsideOf, unread } from './state.ts'
import { change } from '../../driver.ts'

export function takeSensor(d: BarrierDraft, { name, raw, stable, aged }: ContactSeen): void {
  const sensor = d.config.outside?.find((one) => one.name === name)
  if (sensor === undefined) return
  const was = d.s.outside[name] ?? unread
  const now: Debounced = {
    raw,
    rawSinceMs: was.raw === raw ? was.rawSinceMs : d.nowMs,
    stable,
    stableSinceMs: was.stable === stable ? was.stableSinceMs : d.nowMs,
  }
  change(d, { outside: { ...d.s.outside, [name]: now } })
  change(d, {
    inputs: {
      ...d.s.inputs,
      loopUnder: outsideOf(d.config, d.s.outside, 'under') ?? d.s.inputs.loopUnder,
      loopArrive: outsideOf(d.config, d.s.outside, 'arrive') ?? d.s.inputs.loopArrive,
    },
  })
  change(d, { inner: outsideOf(d.config, d.s.outside, 'inner') ?? d.s.inner })
  presenceKnown(d)
  seenMeanwhile(d)
  if (d.s.link === 'up' && sensor.role !== 'arrive' && sensor.role !== 'inner')
    reopen(
      d,
      seenUnder(d.s, d.config) ?? (raw === null && aged !== true ? `${name} unknown` : null),
    )
  tellInputs(d)
  if (d.s.link === 'up') watchPassage(d)
}
