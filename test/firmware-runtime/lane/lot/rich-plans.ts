// Plans of a tariff with every member that a plan may have, for tests that walk them all.
const name = { zh: '早鸟', en: 'Early bird' }

export const plainPlan = {
  freeMin: 15,
  freeMinutesCounted: true,
  stepsRestart: 'never',
  bands: [{ from: '00:00', to: '24:00', steps: [{ min: 60, fen: 500 }] }],
  caps: { dayFen: 4000 },
}
export const richPlan = {
  ...plainPlan,
  when: { classes: [2], colours: ['yellow'], newEnergy: false, areas: ['B1'] },
  stepsRestart: '24h',
  freeEach24h: true,
  tailMin: 10,
  first: { min: 60, fen: 800 },
  bands: [
    {
      name,
      days: ['workday', 'weekend', 'holiday'],
      from: '08:00',
      to: '20:00',
      steps: [
        { min: 30, fen: 300, times: 1 },
        { min: 30, fen: 400, times: 2 },
        { min: 60, fen: 600 },
      ],
      capFen: 3000,
    },
    { from: '20:00', to: '08:00', visitFen: 1000 },
  ],
  caps: { stayFen: 9000, dayFen: 5000, day24hFen: 6000, later24hFen: [7000] },
  packages: [
    {
      name,
      days: ['workday'],
      enterFrom: '06:00',
      enterTo: '09:00',
      leaveAfterDays: 0,
      leaveFrom: '17:00',
      leaveTo: '20:00',
      fen: 2000,
    },
  ],
}
export const countedPlan = {
  ...plainPlan,
  when: { newEnergy: true },
  wholePeriods: true,
  periodsEndWithBand: true,
  dayVisits: { free: 'shared', capTogether: true },
}
export const points = { perYuan: 1, perVisit: 2, validDays: 30, fenPerPoint: 10, stayFenMax: 500 }
export const days = { holidays: ['2027-01-01'], workdays: ['2027-01-09'] }
