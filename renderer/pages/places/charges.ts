// Ledger rows of deductions, for the list of a place.
// An incomplete row is left out.

const states = ['intent', 'paid', 'refused', 'unknown'] as const

export interface ChargeRow {
  readonly deductionId: string
  readonly stayId: string
  readonly plate: string | null
  readonly amountFen: number
  readonly state: (typeof states)[number]
  readonly atIso: string
}

function chargeOf(row: Readonly<Record<string, unknown>>): ChargeRow | null {
  const { deductionId, stayId, plate, amountFen, intentAtIso } = row
  const state = states.find((one) => one === row['state'])
  if (typeof deductionId !== 'string' || typeof stayId !== 'string') return null
  if (typeof amountFen !== 'number' || typeof intentAtIso !== 'string' || state === undefined)
    return null
  const shown = typeof plate === 'string' ? plate : null
  return { deductionId, stayId, plate: shown, amountFen, state, atIso: intentAtIso }
}

export const chargesOf = (rows: readonly Readonly<Record<string, unknown>>[]): ChargeRow[] =>
  rows.map(chargeOf).filter((row) => row !== null)
