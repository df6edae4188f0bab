// Rules for PINs and passphrases: six digits that are not easily guessed, and a phrase for the owner.
// Pure; the words for each refusal are of the window and of the fault table.
import type { Role } from '../values/roles.ts'

/** Names of sealed secrets: also file names, on every system. */
export const secretNameShape = /^[a-z][a-z0-9-]{0,31}$/

export type SecretFault =
  | 'digits'
  | 'run'
  | 'repeat'
  | 'date'
  | 'short'
  | 'long'
  | 'characters'
  | 'name'
  | 'common'
  | 'same'

export const pinDigits = 6
const phraseMin = 8
export const phraseMax = 64
/** Enough for a phrase that is not one key held down. */
const phraseKindsMin = 4
/** First guesses that no other rule refuses. */
const common = ['password', 'passw0rd', 'qwertyui', 'etc-lane', 'admin123', '1qaz2wsx', 'abcd1234']

const digitsOf = (text: string): readonly number[] => [...text].map(Number)

/** Each digit is the one before and the same step: 123456, 987654, 135791. */
function isRun(text: string): boolean {
  const digits = digitsOf(text)
  const [first = 0, second = 0] = digits
  const step = (second - first + 10) % 10
  return digits.every((digit, at) => at === 0 || (digit - (digits[at - 1] ?? 0) + 10) % 10 === step)
}

/** One piece over and over: 111111, 121212, 123123; or hardly a second digit. */
const isRepeat = (text: string): boolean => /^(.{1,3})\1+$/.test(text) || new Set(text).size < 3

const isMonth = (month: number): boolean => month >= 1 && month <= 12
const isDay = (day: number): boolean => day >= 1 && day <= 31

/** Birthdays: year, month and day in the orders that people type; or year and month. */
function isDate(pin: string): boolean {
  const [a = 0, b = 0, c = 0] = [0, 2, 4].map((at) => Number(pin.slice(at, at + 2)))
  const ofYear = (isMonth(b) && isDay(c)) || (isMonth(b) && isDay(a)) || (isMonth(a) && isDay(b))
  return ofYear || ((a === 19 || a === 20) && isMonth(c))
}

function pinFault(pin: string): SecretFault | null {
  if (!/^\d+$/.test(pin) || pin.length !== pinDigits) return 'digits'
  if (isRepeat(pin)) return 'repeat'
  if (isRun(pin)) return 'run'
  return isDate(pin) ? 'date' : null
}

function phraseFault(phrase: string, name: string): SecretFault | null {
  const signs = [...phrase]
  if (signs.length < phraseMin) return 'short'
  if (signs.length > phraseMax) return 'long'
  if (signs.some((sign) => sign < ' ' || sign === '\u007f')) return 'characters'
  if (new Set(signs).size < phraseKindsMin) return 'repeat'
  if (/^\d+$/.test(phrase) && (isRun(phrase) || isRepeat(phrase))) return 'run'
  const low = phrase.toLowerCase()
  if (name.length > 1 && low.includes(name.toLowerCase())) return 'name'
  return common.some((one) => low.startsWith(one)) ? 'common' : null
}

/** An owner has a phrase: it opens everything. Everybody else types six digits many times a day. */
export const hasPhrase = (role: Role): boolean => role === 'owner'

export const secretFault = (role: Role, name: string, text: string): SecretFault | null =>
  hasPhrase(role) ? phraseFault(text, name) : pinFault(text)
