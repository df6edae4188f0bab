// Data for the page of outage rehearsals: nothing is disconnected, one part does not answer, money at risk is below its
// caps. Shared by its own tests and by the scripted lot.
import type { ExposureView, RehearsalView } from '#lane/calls/rehearsal-views.ts'
import { lotFile } from '../../../firmware-runtime/lane/lot/lot-kit.ts'

export const cut = { cut: 'platform', laneId: null } as const
export const rehearsal: RehearsalView = {
  running: null,
  last: null,
  offers: [
    { ...cut, whyNot: null },
    { cut: 'rsu', laneId: 'exit', whyNot: { zh: '天线现在就没有应答', en: 'it is silent' } },
  ],
  bar: null,
  waitSecMax: 180,
}
export const exposure: ExposureView = {
  exposureFen: 180_000,
  uploads: 12,
  oldestAgeMin: 30,
  listAgeMin: 1441,
  caps: lotFile().caps,
  policy: 'accept-within-caps',
  arrearsFen: 1500,
  arrearsCount: 2,
}
