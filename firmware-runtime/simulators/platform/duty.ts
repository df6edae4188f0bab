// Shifts and running configuration at an operator (P21; table G.1, rows 2 to 4): planned shifts of a day, ended shifts,
// and settings by version. A request with the newest version gets an answer without a body.
import { done, refuse } from './answers.ts'
import { keyOf, ofApp } from './by-application.ts'
import { oncePerNumber, type Handler } from './call.ts'
import { shiftRecordRules } from './member-tables.ts'
import { checkMembers, day, numberOf, textOf, timeOf } from './members.ts'

/** GET /v1/shifts?parkId=&date= */
export const getShifts: Handler = ({ state }, { appId, query, headers }) => {
  const [parkId, date] = [query.get('parkId') ?? '', query.get('date') ?? '']
  const wrong = checkMembers([day('date')], { date })
  if (wrong) return wrong
  const plan = ofApp(state.duty.plans, appId, keyOf(parkId, date))
  const etag = `S${plan?.version ?? 0}`
  if (headers['if-none-match'] === `"${etag}"`) return { respCode: '100000', etag, unchanged: true }
  return { ...done({ parkId, date, version: etag, shifts: plan?.shifts ?? [] }), etag }
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
  const { version = 0, settings = {} } = ofApp(state.duty.configurations, appId, parkId) ?? {}
  const etag = `C${version}`
  if (headers['if-none-match'] === `"${etag}"`) return { respCode: '100000', etag, unchanged: true }
  return { ...done({ parkId, version: etag, settings }), etag }
}
