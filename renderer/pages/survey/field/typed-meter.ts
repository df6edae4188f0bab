// The instrument behind typed readings, as a record of the survey; an empty field is not recorded.
// A date that does not exist counts as empty.
import { typedNumber } from '../../../kit/forms/typed-number.ts'

export interface TypedMeterForm {
  model: string
  serialNo: string
  calibratedOn: string
  calibratedUntil: string
  /** Gain of the probe in dBi; text that is not a number counts as empty. */
  gainDbi: string
}

export const typedId = 'typed'

const dayOf = (text: string): string | null => {
  const day = text.trim()
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00Z`) : null
  if (at === null || Number.isNaN(at.getTime())) return null
  return at.toISOString().startsWith(day) ? day : null
}

const gainOf = (text: string): { readonly gainDbi?: number } =>
  /^-?\d{1,2}(\.\d{1,2})?$/.test(typedNumber(text)) ? { gainDbi: Number(typedNumber(text)) } : {}

export const typedMeter = (form: TypedMeterForm, unnamed: string) => ({
  kind: 'instrument',
  instrumentId: typedId,
  model: form.model.trim() || unnamed,
  serialNo: form.serialNo.trim() || null,
  calibratedOn: dayOf(form.calibratedOn),
  calibratedUntil: dayOf(form.calibratedUntil),
  correctionDb: 0,
  ...gainOf(form.gainDbi),
  simulated: false,
})

/** Puts what was typed last time back into a form; what cannot be read is forgotten. */
export function fillKept(form: object, kept: string): void {
  try {
    Object.assign(form, JSON.parse(localStorage.getItem(kept) ?? '{}'))
  } catch (fault) {
    if (!(fault instanceof SyntaxError)) throw fault
    localStorage.removeItem(kept)
  }
}
