// Members of a charge or an application (P12, P34) that are valid alone but not together, as one table: the refused member,
// the reason, and the condition. The first rule that fails refuses the record.
import { dayMs } from '#base/pure/values/instant.ts'
import { refuse, type Outcome } from '../answers.ts'
import { windowMs } from '../envelope.ts'
import { stayMaxDays } from './member-tables.ts'
import { numberOf, timeOf, type Members } from './members.ts'

interface TogetherRule {
  readonly member: string
  readonly issue: string
  fails(members: Members): boolean
}

const rule = (
  member: string,
  issue: string,
  fails: (members: Members) => boolean,
): TogetherRule => ({ member, issue, fails })

/** Tolerance for rounded seconds. */
const durationSlackSec = 1
const stayMs = (m: Members): number => timeOf(m, 'exTime') - timeOf(m, 'enTime')
const isByCard = (m: Members): boolean => numberOf(m, 'mode') === 1
const isZero = (m: Members): boolean => numberOf(m, 'mode') === 3
const takenFen = (m: Members): number => numberOf(m, 'preBalance') - numberOf(m, 'postBalance')

const stay: readonly TogetherRule[] = [
  rule('exTime', 'exit before entry', (m) => stayMs(m) < 0),
  rule('enTime', `a stay above ${stayMaxDays} days`, (m) => stayMs(m) > stayMaxDays * dayMs),
]
const amountIn = (member: string): readonly TogetherRule[] => [
  rule(member, 'a zero consumption charges nothing', (m) => isZero(m) && numberOf(m, member) !== 0),
  rule(member, 'mode 3 charges nothing', (m) => !isZero(m) && numberOf(m, member) === 0),
]

export const applicationTogether: readonly TogetherRule[] = [...stay, ...amountIn('payFee')]

export const chargeTogether: readonly TogetherRule[] = [
  rule(
    'payFee',
    'payFee = discountFee + realFee',
    (m) => numberOf(m, 'payFee') !== numberOf(m, 'discountFee') + numberOf(m, 'realFee'),
  ),
  ...amountIn('realFee'),
  ...stay,
  rule(
    'parkDuration',
    'not exTime - enTime',
    (m) => Math.abs(stayMs(m) / 1000 - numberOf(m, 'parkDuration')) > durationSlackSec,
  ),
  // The clocks of antenna and lane may differ by the window of signatures.
  rule(
    'transTime',
    'before exTime',
    (m) => timeOf(m, 'transTime') < timeOf(m, 'exTime') - windowMs,
  ),
  rule(
    'transTime',
    'the TAC time has whole seconds',
    (m) => isByCard(m) && timeOf(m, 'transTime') % 1000 !== 0,
  ),
  rule(
    'postBalance',
    'preBalance - realFee',
    (m) => isByCard(m) && m['cardType'] === 22 && takenFen(m) !== numberOf(m, 'realFee'),
  ),
]

export function checkTogether(rules: readonly TogetherRule[], members: Members): Outcome | null {
  const broken = rules.find(({ fails }) => fails(members))
  return broken === undefined
    ? null
    : refuse('200004', `/${broken.member}`, members[broken.member], broken.issue)
}
