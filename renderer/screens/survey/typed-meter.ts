// The instrument behind typed readings, as a record of the survey; what was left empty is not stated.
// A day that is none of the calendar counts as not stated.
export interface TypedMeterForm {
  model: string
  serialNo: string
  calibratedOn: string
  calibratedUntil: string
}

export const typedId = 'typed'

const dayOf = (text: string): string | null => {
  const day = text.trim()
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00Z`) : null
  if (at === null || Number.isNaN(at.getTime())) return null
  return at.toISOString().startsWith(day) ? day : null
}

export const typedMeter = (form: TypedMeterForm, unnamed: string) => ({
  kind: 'instrument',
  instrumentId: typedId,
  model: form.model.trim() || unnamed,
  serialNo: form.serialNo.trim() || null,
  calibratedOn: dayOf(form.calibratedOn),
  calibratedUntil: dayOf(form.calibratedUntil),
  correctionDb: 0,
  simulated: false,
})
