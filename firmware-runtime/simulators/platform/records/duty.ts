// Shifts and running configuration at an operator (P21; table G.1, rows 2 to 4): planned shifts of a day, ended shifts,
// and settings by version. A request with the newest version gets an answer without a body.
import { dayMs } from '#base/pure/values/instant.ts'
import { done, refuse, type Outcome } from '../answers.ts'
import { everybody, keyOf, ofApp } from './by-application.ts'
import { oncePerNumber, type Call, type Handler, type Services } from '../call.ts'
import { lotMissing } from './feedback.ts'
import { checkPark } from './known.ts'
import { shiftRecordRules } from './member-tables.ts'
import { checkMembers, day, numberOf, textOf, timeOf, type Members } from './members.ts'

/** GET /v1/shifts?parkId=&date= */
export const getShifts: Handler = ({ state }, { appId, query, headers }) => {
  const [parkId, date] = [query.get('parkId') ?? '', query.get('date') ?? '']
  if (parkId === '') return lotMissing
  const wrong = checkMembers([day('date')], { date })
  if (wrong) return wrong
  const plan = ofApp(state.duty.plans, appId, keyOf(parkId, date))
  const etag = `S${plan?.version ?? 0}`
  if (headers['if-none-match'] === `"${etag}"`) return { respCode: '100000', etag, unchanged: true }
  return { ...done({ parkId, date, version: etag, shifts: plan?.shifts ?? [] }), etag }
}

/** Longest shift (assumed): shifts are planned and reported daily (table G.1, rows 2 and 4). */
const shiftMaxDays = 31

/** An amount comes from cars. */
const checkTakings = (members: Members): Outcome | null =>
  numberOf(members, 'etcCount') === 0 && numberOf(members, 'etcFee') > 0
    ? refuse('200004', '/etcCount', 0, 'no car, and a fee')
    : null

/** A shift of a plan that this platform sent, also of a plan that was replaced. */
function checkPlan({ state, offers }: Services, { appId, members }: Call): Outcome | null {
  const [planNo, parkId] = [textOf(members, 'planNo'), textOf(members, 'parkId')]
  if (planNo === '' || !offers('GET /v1/shifts')) return null
  const isKnown = [appId, everybody].some((one) =>
    state.duty.planned.has(keyOf(one, keyOf(parkId, planNo))),
  )
  return isKnown ? null : refuse('300012', '/planNo', planNo, 'no such planned shift')
}

/** PUT /v1/shifts/{shiftNo}: a shift that ended. Older lots POST the same record to /v1/shifts. */
export const takeShift: Handler = (services, call) => {
  const { members, path } = call
  const no = textOf(members, 'shiftNo')
  const [named = no] = path
  if (named !== no) return refuse('200004', '/shiftNo', no, `must be ${named}`)
  return oncePerNumber(
    services,
    call,
    { kind: 'shift-records', no, rules: shiftRecordRules },
    () => {
      const offTime = textOf(members, 'offTime')
      if (timeOf(members, 'offTime') < timeOf(members, 'onTime'))
        return refuse('200004', '/offTime', offTime, 'not before onTime')
      if (timeOf(members, 'offTime') - timeOf(members, 'onTime') > shiftMaxDays * dayMs)
        return refuse('200004', '/onTime', textOf(members, 'onTime'), `above ${shiftMaxDays} days`)
      const wrong = checkTakings(members) ?? checkPark(services, call) ?? checkPlan(services, call)
      if (wrong !== null) return wrong
      return {
        status: 'STORED',
        facts: {
          shown: {
            number: no,
            parkId: textOf(members, 'parkId'),
            staffId: textOf(members, 'staffId') || null,
            staffName: textOf(members, 'staffName') || null,
            planNo: textOf(members, 'planNo') || null,
            onTime: textOf(members, 'onTime'),
            offTime,
            cashFee: numberOf(members, 'cashFee'),
            etcCount: numberOf(members, 'etcCount'),
            etcFee: numberOf(members, 'etcFee'),
          },
        },
        outcome: done({ shiftNo: no, status: 'STORED' }),
      }
    },
  )
}

/** GET /v1/configuration?parkId= */
export const getConfiguration: Handler = ({ state }, { appId, query, headers }) => {
  const parkId = query.get('parkId') ?? ''
  if (parkId === '') return lotMissing
  const { version = 0, settings = {} } = ofApp(state.duty.configurations, appId, parkId) ?? {}
  const etag = `C${version}`
  if (headers['if-none-match'] === `"${etag}"`) return { respCode: '100000', etag, unchanged: true }
  return { ...done({ parkId, version: etag, settings }), etag }
}
