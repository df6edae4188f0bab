// Every member of a tariff file, missing, at its bounds and beyond, and each rule over several of them: accepted,
// refused with code and field, or reported with all faults. Also the name of each value in the list of changes.
import { expect, it } from 'vitest'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { checkTariff, tariffJsonSchema } from '#lane/lot/files/tariff-file.ts'
import { tariffRefusals } from '#lane/lot/files/tariff-refusals.ts'
import { valuesInWords } from '#lane/desk/setup/lot-words.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import {
  countedPlan as counted,
  days,
  plainPlan as plan,
  points,
  richPlan as rich,
} from '../firmware-runtime/lane/lot/rich-plans.ts'
import { fullLot } from './lots.ts'
import { pin } from './pin.ts'
import { missingMembers, variantsOf, type Shape } from './variants.ts'

const edition = {
  graceAfterPayMin: 15,
  overstay: 'payment',
  noEntryFen: 2000,
  points,
  plans: [rich, counted, plan],
}
const full = {
  ...demoTariff,
  days,
  editions: [edition, { ...edition, validFrom: '2027-02-01T00:00:00+08:00' }],
}

const codeOf = (value: unknown): string => {
  try {
    checkTariff(value, 'tariff.json')
    return 'ok'
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return `${error.code} ${error.detail.field ?? ''}`
  }
}
/** All faults of a tariff. */
const fieldsOf = (value: unknown): string =>
  tariffRefusals(value)
    .map(({ field }) => field)
    .join()

it('each value of a tariff is taken or refused as it was', () => {
  const schema = tariffJsonSchema() as Shape
  expect(missingMembers(schema, [full])).toEqual([])
  const values: Record<string, Record<string, string>> = {}
  for (const { at, is, value } of variantsOf(schema, full))
    (values[at.slice(1).replaceAll('/', '.')] ??= {})[is] = `${codeOf(value)} ${fieldsOf(value)}`
  const of = (more: object) => ({
    ...full,
    editions: [{ ...edition, plans: [{ ...plan, ...more }] }],
  })
  const band = { from: '00:00', to: '24:00', visitFen: 1 }
  const rules = {
    gap: of({ bands: [{ ...band, from: '01:00' }] }),
    overlap: of({ bands: [band, { ...band, from: '08:00', to: '09:00' }] }),
    noLength: of({ bands: [band, { ...band, to: '00:00' }] }),
    clock: of({ bands: [{ ...band, from: '24:00', to: '7:00' }] }),
    both: of({ bands: [{ ...band, steps: [{ min: 1, fen: 1, times: 1 }] }] }),
    tail: of({ tailMin: 60, freeEach24h: true, caps: { later24hFen: [1] } }),
    free: of({ stepsRestart: '24h', freeEach24h: true, freeMin: 1440 }),
    package: of({ packages: [{ ...rich.packages[0], enterTo: '06:00', leaveTo: '05:00' }] }),
    whole: of({ tailMin: 10, wholePeriods: true }),
    dayNothing: of({ dayVisits: { free: 'each', capTogether: false } }),
    dayCap: of({ caps: {}, dayVisits: { free: 'once', capTogether: true } }),
    nothing: of({ when: {} }),
    noDate: { ...full, days: { holidays: ['2026-02-30', 'x'], workdays: [] } },
    twice: { ...full, days: { holidays: ['2026-02-03'], workdays: ['2026-02-03'] } },
    noEdition: { ...full, editions: [] },
    noTime: { ...full, editions: [edition, { ...edition, validFrom: 'x' }] },
    order: { ...full, editions: [full.editions[1], edition] },
  }
  pin(new URL('./kept/tariff-values.txt', import.meta.url), {
    values,
    rules: Object.fromEntries(
      Object.entries(rules).map(([rule, value]) => [rule, [codeOf(value), tariffRefusals(value)]]),
    ),
  })
})

it('each value of a tariff is said in the words that it was', () => {
  const config = checkLot(fullLot(), 'lot.json')
  const words = valuesInWords({ config, tariff: checkTariff(full, '').tariff })
  pin(new URL('./kept/tariff-words.txt', import.meta.url), {
    words: Object.fromEntries(
      words
        .filter(({ key }) => key.startsWith('tariff') && !key.includes('2027-02'))
        .map(({ key, what, value }) => [key, `${what.zh} | ${what.en}: ${value.zh} | ${value.en}`]),
    ),
  })
})
