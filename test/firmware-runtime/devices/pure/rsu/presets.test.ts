// Presets against every variant: each value is one that a device with the setting accepts, and no preset claims to be
// measured. A setting that a device lacks is reported and left out.
import { expect, it } from 'vitest'
import { judgeSettings } from '#devices/pure/configure/setting.ts'
import { rsuPresets } from '#devices/pure/rsu/presets.ts'
import { rsuSettingDefs } from '#devices/pure/rsu/settings.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'

const rows = rsuPresets.flatMap((preset) => rsuVariantIds.map((variant) => ({ preset, variant })))

it.each(rows)('$preset.id on $variant', ({ preset, variant }) => {
  const found = judgeSettings(rsuSettingDefs(rsuVariant(variant).table), preset.settings)
  expect(found.filter(({ problem }) => problem !== 'unknown')).toEqual([])
  expect([preset.status, preset.source.length > 20]).toEqual(['assumed', true])
})
it('have ids of their own', () => {
  expect(new Set(rsuPresets.map(({ id }) => id)).size).toBe(rsuPresets.length)
})
