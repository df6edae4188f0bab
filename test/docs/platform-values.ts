// What the values of the coded members of the simulated platform mean (P11 to P36, B.2), for docs/platform-sim.md. Every
// value that a rule accepts has its meaning here.
import { memberTables } from './member-tables.ts'

type Meanings = Readonly<Record<string, string>>

const states: Meanings = { 0: 'ok', 1: 'degraded', 2: 'down', 9: 'unknown' }

/** By member; `psamStatus` of an answer to a sign-in has values of its own. */
const meanings: Readonly<Record<string, Meanings>> = {
  laneType: { '01': 'entry', '02': 'exit', '03': 'mixed', 11: 'bay', 12: 'handheld' },
  mode: { 1: 'by card, with a TAC', 2: 'online, from the account', 3: 'zero consumption' },
  vehicleColor: {
    0: 'blue',
    1: 'yellow',
    2: 'black',
    3: 'white',
    4: 'gradient green',
    5: 'yellow-green',
    6: 'blue-white',
    9: 'unknown',
    11: 'green',
    13: 'red',
  },
  vehicleType: {
    1: 'coach class 1 (cars)',
    2: 'coach class 2',
    3: 'coach class 3',
    4: 'coach class 4',
    11: 'lorry class 1',
    12: 'lorry class 2',
    13: 'lorry class 3',
    14: 'lorry class 4',
    15: 'lorry class 5',
    16: 'lorry class 6',
  },
  plateSource: { 1: 'camera', 2: 'OBU', 3: 'card', 4: 'by hand' },
  tacSource: { 1: 'offline, of the card', 2: 'online' },
  cardType: { 22: 'stored-value card', 23: 'credit card' },
  transType: { '06': 'purchase', '09': 'compound purchase' },
  algorithmIdentifier: { 1: '3DES', 2: 'SM4' },
  result: { DONE: 'charge it', CANCELLED: 'charge nothing' },
  exceptionType: {
    1: 'no OBU, or no answer in time',
    2: 'OBU not read or not decrypted',
    3: 'card missing or not read',
    4: 'plates differ',
    5: 'on the status list',
    6: 'expired',
    7: 'balance too low',
    8: 'initialisation of the debit failed',
    9: 'debit failed',
    10: 'no TAC',
    11: 'MAC1 or MAC2 wrong',
    12: 'PSAM fault',
    13: 'several tags, or one of the next lane',
    14: 'no answer of the platform, twice',
    15: 'refused by the platform',
    16: 'large amount held',
    17: 'repeat suspected',
    18: 'clock out of tolerance',
    19: 'status list too old',
    20: 'barrier forced',
    99: 'other',
  },
  handling: {
    1: 'paid otherwise',
    2: 'released by hand',
    3: 'repeated with success',
    4: 'left unpaid',
  },
  ...Object.fromEntries(
    ['psamStatus', 'antennaStatus', 'cameraStatus', 'barrierStatus', 'coilStatus'].map((name) => [
      name,
      states,
    ]),
  ),
  direction: { 1: 'in', 2: 'out' },
  state: { OPEN: 'open again', ANSWERED: 'answered', REFUNDED: 'paid back', CLOSED: 'closed' },
  alg: { 'SM4-GCM': 'default', 'SM4-CBC': 'policy `fileCipher`' },
}

/** Members of one name that mean another thing in one interface. */
const own: Readonly<Record<string, Meanings>> = {
  'POST /v1/feedback kind': { 1: 'wrong amount', 2: 'charged twice', 3: 'not my car', 4: 'other' },
  'POST /v1/status-list/check kind': { 1: 'card', 2: 'OBU' },
}

interface Coded {
  readonly member: string
  readonly values: readonly (readonly [number | string, string | undefined])[]
}

/** Each coded member once, with the meaning of each value; undefined where there is none. */
export function codedMembers(): readonly Coded[] {
  const found = new Map<string, Coded>()
  for (const { name, rules } of memberTables)
    for (const rule of rules) {
      if (rule.is !== 'code') continue
      const special = own[`${name} ${rule.name}`]
      const member = special === undefined ? `\`${rule.name}\`` : `\`${rule.name}\` of \`${name}\``
      const of = special ?? meanings[rule.name] ?? {}
      found.set(member, { member, values: rule.oneOf.map((one) => [one, of[String(one)]]) })
    }
  return [...found.values()]
}

export const platformValueLines = (): string[] => [
  '| member | values |',
  '|---|---|',
  ...codedMembers().map(
    ({ member, values }) =>
      `| ${member} | ${values.map(([one, means]) => `${one} ${means}`).join('; ')} |`,
  ),
]
